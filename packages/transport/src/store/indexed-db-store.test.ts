import 'fake-indexeddb/auto';
import { type Sequence, sessionId } from '@inkwire/core';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  asRemote,
  createStoredBrowser,
  SEAL,
  type StoredBrowser,
  storedText,
} from '../testing/stored-browser.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const A = sessionId('aaaaaaaaaaaa');
const B = sessionId('bbbbbbbbbbbb');
const C = sessionId('cccccccccccc');

let browser: StoredBrowser;
beforeEach(() => {
  browser = createStoredBrowser();
});
afterEach(() => browser.end());

describe('IndexedDB store', () => {
  it('F7: holds nothing at first, and after a page everything it was given', async () => {
    const first = browser.open(A);
    expect(await first.store.load()).toBeNull();
    await first.store.addOwn([first.change('one ')]);
    await first.store.addOwn([first.change('two ', null)]);
    const second = browser.open(B);
    const stored = await second.store.load();
    expect(await storedText(second)).toBe('two one ');
    expect(stored?.entries.map(({ session, n, seal }) => [session, n, seal])).toEqual([
      [A, 1, SEAL],
      [A, 2, null],
    ]);
    expect(stored?.synced).toBe(0);
  });

  it('F3: a transaction that never ends holds up nothing but the storage, and the page says so', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('one ')]);
    const other = await openDB(browser.name);
    const transaction = other.transaction('entries', 'readwrite');
    let busy = true;
    const spin = async (): Promise<void> => {
      while (busy) await transaction.store.count();
    };
    const spinning = spin();
    const stored = tab.store.addOwn([tab.change('two ')]);
    // It asks for its transaction in a moment, and begins to wait then.
    await transaction.store.count();
    browser.clock.advance(60_000);
    await stored;
    expect([tab.store.durable, tab.failures]).toEqual([false, ['storage_blocked']]);
    busy = false;
    await spinning;
    other.close();
  });

  it('F6: gives up a document that is not what the log describes, and keeps what waits for the log', async () => {
    const [tab, other] = [browser.open(A), browser.open(B)];
    tab.position.restart('epoch 1');
    await tab.store.addOwn([tab.change('saved ')]);
    tab.store.confirm(A, 1);
    tab.store.addRemote([asRemote(other.change('forged '))]);
    tab.store.keepWhole();
    tab.store.distrust();
    tab.store.addRemote([asRemote(other.change('forged too '))]);
    tab.store.keepWhole();
    const waiting = tab.change('waiting ');
    await tab.store.addOwn([waiting]);
    expect(await browser.open(C).store.load()).toEqual({
      epoch: '',
      synced: 0,
      snapshot: null,
      sessions: [],
      entries: [waiting],
      logged: [],
    });
    const [orphan] = await browser.open(C).store.adopt();
    expect(orphan).toBeUndefined();
    await tab.store.close();
    expect((await browser.open(C).store.adopt()).map(({ entries }) => entries)).toEqual([[waiting]]);
  });

  it('F3: an entry that gets its seal later is kept with it, once', async () => {
    const tab = browser.open(A);
    const entry = tab.change('one ', null);
    await tab.store.addOwn([entry]);
    await tab.store.addOwn([{ ...entry, seal: SEAL }]);
    expect((await tab.store.load())?.entries).toEqual([{ ...entry, seal: SEAL }]);
  });

  it('F3: what comes from the log and where it stands are stored together', async () => {
    const tab = browser.open(A);
    const other = browser.open(B);
    const entry = asRemote(other.change('theirs '));
    tab.position.restart('epoch 1');
    tab.position.notePresent(B, 1);
    tab.position.noteLogged(1 as Sequence, B, 1);
    tab.store.addRemote([entry]);
    await tab.store.addOwn([tab.change('mine ')]);
    const stored = await browser.open(B).store.load();
    expect(stored).toMatchObject({ epoch: 'epoch 1', synced: 1, logged: [[B, 1]] });
    expect(stored?.entries).toHaveLength(2);
  });

  it('the stored document stands where the furthest tab stands', async () => {
    const far = browser.open(A);
    const near = browser.open(B);
    far.position.restart('e');
    far.position.noteRead(9 as Sequence);
    await far.store.addOwn([far.change('far ')]);
    near.position.restart('e');
    near.position.noteRead(4 as Sequence);
    await near.store.addOwn([near.change('near ')]);
    expect((await near.store.load())?.synced).toBe(9);
  });

  it('keeps channels apart', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('one ')]);
    expect(await browser.open(B, 'presence-board-other').store.load()).toBeNull();
  });

  it('F7: a whole document replaces the entries that nobody needs', async () => {
    const tab = browser.open(A);
    for (let n = 1; n <= 20; n += 1) await tab.store.addOwn([tab.change(`${n} `)]);
    tab.store.confirm(A, 20);
    browser.clock.advance(2 * DAY_MS);
    tab.store.keepWhole();
    await tab.store.addOwn([tab.change('last ')]);
    const stored = await browser.open(B).store.load();
    expect(stored?.entries.map(({ n }) => n)).toEqual([21]);
    expect(await storedText(tab)).toBe(tab.doc.getText('t').toString());
  });

  it('L7: sealed entries of the last day stay beside the snapshot, older ones go', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('old ')]);
    browser.clock.advance(2 * DAY_MS);
    await tab.store.addOwn([tab.change('new ')]);
    tab.store.confirm(A, 2);
    tab.store.keepWhole();
    await tab.store.close();
    expect((await browser.open(B).store.load())?.entries.map(({ n }) => n)).toEqual([2]);
  });

  it('F3: what the log has not confirmed stays, however old', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('one ')]);
    await tab.store.addOwn([tab.change('two ')]);
    tab.store.confirm(A, 1);
    browser.clock.advance(30 * DAY_MS);
    tab.store.keepWhole();
    await tab.store.close();
    expect((await browser.open(B).store.load())?.entries.map(({ n }) => n)).toEqual([2]);
  });

  it.each([
    ['as long as own changes wait, which may build on it', 0, [1]],
    ['for a day', 1, []],
  ])('F9: what others showed and nobody saved stays %s', async (_, confirmed, kept) => {
    const tab = browser.open(A);
    const other = browser.open(B);
    tab.store.addRemote([asRemote(other.change('theirs '))]);
    tab.position.notePresent(B, 1);
    await tab.store.addOwn([tab.change('mine ')]);
    tab.store.confirm(A, confirmed);
    browser.clock.advance(30 * DAY_MS);
    tab.store.keepWhole();
    await tab.store.close();
    const stored = await browser.open(C).store.load();
    expect(stored?.entries.filter(({ session }) => session === B).map(({ n }) => n)).toEqual(kept);
  });

  it('stays bounded: thousands of changes become one document', async () => {
    const tab = browser.open(A);
    for (let n = 1; n <= 3_000; n += 1) void tab.store.addOwn([tab.change('.')]);
    tab.store.confirm(A, 3_000);
    tab.store.keepWhole();
    await tab.store.close();
    const reader = browser.open(B);
    expect((await reader.store.load())?.entries.length).toBe(2_000);
    expect(await storedText(reader)).toBe('.'.repeat(3_000));
  });

  it('a tab that folds loses nothing that another one stored meanwhile', async () => {
    const one = browser.open(A);
    const two = browser.open(B);
    await one.store.addOwn([one.change('one ')]);
    await two.store.addOwn([two.change('two ')]);
    browser.clock.advance(2 * DAY_MS);
    for (const { store } of [one, two]) {
      store.confirm(A, 1);
      store.confirm(B, 1);
      store.keepWhole();
    }
    await Promise.all([one.store.close(), two.store.close()]);
    const seen = await storedText(browser.open(C));
    expect(seen.split(' ').sort()).toEqual(['', 'one', 'two']);
  });
});
