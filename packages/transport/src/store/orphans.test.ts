import 'fake-indexeddb/auto';
import { sessionId } from '@inkwire/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoredBrowser, type StoredBrowser } from '../testing/stored-browser.js';

const A = sessionId('aaaaaaaaaaaa');
const B = sessionId('bbbbbbbbbbbb');
const C = sessionId('cccccccccccc');

let browser: StoredBrowser;
beforeEach(() => {
  browser = createStoredBrowser();
});
afterEach(() => browser.end());

describe('adoption', () => {
  it('F5: the outbox of a tab that is gone goes to one other tab, with its clientID', async () => {
    const dead = browser.open(A);
    await dead.store.addOwn([dead.change('one '), dead.change('two ')]);
    dead.store.confirm(A, 1);
    await dead.store.close();
    const heirs = [browser.open(B), browser.open(C)];
    const adopted = await Promise.all(heirs.map(({ store }) => store.adopt()));
    expect(adopted.flat()).toHaveLength(1);
    expect(adopted.flat()[0]).toMatchObject({ session: A, client: dead.doc.clientID });
    expect(adopted.flat()[0]?.entries.map(({ n }) => n)).toEqual([2]);
  });

  it('F5: the outbox of a living tab is left to it', async () => {
    const living = browser.open(A);
    await living.store.addOwn([living.change('one ')]);
    expect(await browser.open(B).store.adopt()).toEqual([]);
  });

  it('F5: what the heir handed in is nobody’s orphan any more', async () => {
    const dead = browser.open(A);
    await dead.store.addOwn([dead.change('one ')]);
    await dead.store.close();
    const heir = browser.open(B);
    expect(await heir.store.adopt()).toHaveLength(1);
    expect(await heir.store.adopt()).toEqual([]);
    heir.store.confirm(A, 1);
    await heir.store.close();
    expect(await browser.open(C).store.adopt()).toEqual([]);
  });

  it('F5: an heir that dies too leaves it to the next', async () => {
    const dead = browser.open(A);
    await dead.store.addOwn([dead.change('one ')]);
    await dead.store.close();
    const heir = browser.open(B);
    await heir.store.adopt();
    await heir.store.close();
    expect(await browser.open(C).store.adopt()).toHaveLength(1);
  });
});
