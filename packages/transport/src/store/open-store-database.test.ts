import 'fake-indexeddb/auto';
import { sessionId } from '@inkwire/core';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoredBrowser, type StoredBrowser, storedText } from '../testing/stored-browser.js';

const A = sessionId('aaaaaaaaaaaa');
const B = sessionId('bbbbbbbbbbbb');

let browser: StoredBrowser;
beforeEach(() => {
  browser = createStoredBrowser();
});
afterEach(() => browser.end());

describe('storage that fails', () => {
  it('a full one: what was stored stays, the page goes on and says so', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('one ')]);
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    try {
      await tab.store.addOwn([tab.change('two ')]);
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect(tab.store.durable).toBe(false);
    expect(tab.failures).toEqual(['storage_full']);
    await tab.store.addOwn([tab.change('three ')]);
    expect(await storedText(browser.open(B))).toBe('one ');
  });

  it('none at all', async () => {
    const { indexedDB: real } = globalThis;
    Reflect.deleteProperty(globalThis, 'indexedDB');
    try {
      const tab = browser.open(A);
      expect(await tab.store.load()).toBeNull();
      await tab.store.addOwn([tab.change('one ')]);
      expect(tab.failures).toEqual(['storage_missing']);
      expect(tab.store.durable).toBe(false);
    } finally {
      globalThis.indexedDB = real;
    }
  });

  it('one that another page holds in an older form', async () => {
    const other = await openDB(browser.name, 1);
    const newer = openDB(browser.name, 2);
    await new Promise((resolve) => setTimeout(resolve));
    const tab = browser.open(A);
    const loading = tab.store.load();
    await new Promise((resolve) => setTimeout(resolve));
    browser.clock.advance(3_000);
    expect(await loading).toBeNull();
    expect(tab.failures).toEqual(['storage_blocked']);
    other.close();
    (await newer).close();
  });

  it('one that a newer version of the app wrote', async () => {
    (await openDB(browser.name, 99)).close();
    const tab = browser.open(A);
    expect(await tab.store.load()).toBeNull();
    expect(tab.failures).toEqual(['storage_newer']);
  });

  it('makes way for a newer version of the app', async () => {
    const tab = browser.open(A);
    await tab.store.addOwn([tab.change('one ')]);
    (await openDB(browser.name, 99)).close();
    expect(tab.failures).toEqual(['storage_replaced']);
    expect(tab.store.durable).toBe(false);
  });
});
