import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { type BrowserScope, createPageScope } from '../tabs/browser-scope.js';
import { ownerOf } from '../tabs/open-connection.js';
import { createCountingScope } from '../testing/counting-scope.js';
import { converged, draw, until } from '../testing/drawing.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({}, { compactAfterEntries: 5 });
});
afterEach(() => rig.endClients());
afterAll(() => rig.close());

/** A browser whose tabs share locks. */
const newBrowser = (): BrowserScope => ({ ...createPageScope(), acrossTabs: true });

/** Options whose `asked` resolves when the page has opened what it had and asks the server for the rest. */
const whenAsking = (): { asked: Promise<void>; fetch: typeof fetch } => {
  let tell = (): void => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const asking: typeof fetch = (...args) => {
    tell();
    return fetch(...args);
  };
  return { asked, fetch: asking };
};

const saved = (client: Client): Promise<void> =>
  until(
    [client],
    'saved and level',
    () => client.connection.status.saving === 'saved' && client.connection.status.level,
  );

describe('a board in the browser', () => {
  it('F7: opens without a server, with everything that it had', async () => {
    const browser = newBrowser();
    const first = rig.client('kept', { user: 'ada', browser, storage: 'browser' });
    const other = rig.client('kept', { user: 'ben' });
    const ids = [draw(first.board), draw(other.board)];
    await converged([first, other]);
    await rig.endClients();
    await rig.stopServer();
    const again = rig.client('kept', { user: 'ada', browser, storage: 'browser' });
    await until([again], 'the board is there', () => again.board.size === 2);
    for (const id of ids) expect(again.board.get(id)).toBeDefined();
    expect(again.connection.status).toMatchObject({ waiting: 0, durable: true });
    await rig.startServer();
    await saved(again);
    expect(again.errors).toEqual([]);
  });

  it('F7: what came as a snapshot is kept as well as what came as entries', async () => {
    const browser = newBrowser();
    const ben = rig.client('snapshot', { user: 'ben' });
    for (let strokes = 0; strokes < 12; strokes += 1) draw(ben.board);
    await saved(ben);
    const first = rig.client('snapshot', { user: 'ada', browser });
    await converged([first, ben]);
    await rig.endClients();
    await rig.stopServer();
    const again = rig.client('snapshot', { user: 'ada', browser });
    await until([again], 'all strokes', () => again.board.size === 12);
    await rig.startServer();
    await saved(again);
    expect(again.errors).toEqual([]);
  });

  it('F5: what was drawn offline, before the server ever gave a key, is saved by the next page', async () => {
    const browser = newBrowser();
    await rig.stopServer();
    const first = rig.client('unsealed', { user: 'ada', browser, storage: 'browser' });
    const id = draw(first.board);
    await rig.endClients();
    const second = rig.client('unsealed', { user: 'ada', browser, storage: 'browser' });
    await until([second], 'the stroke is there', () => second.board.get(id) !== undefined);
    await until([second], 'it waits', () => second.connection.status.waiting === 1);
    const later = draw(second.board);
    await rig.startServer();
    await saved(second);
    const other = rig.client('unsealed', { user: 'ben' });
    await saved(other);
    expect([other.board.get(id), other.board.get(later)]).toEqual([
      second.board.get(id),
      second.board.get(later),
    ]);
    expect(second.errors).toEqual([]);
  });

  it('F5: what was drawn after the server was gone is saved by the next page, once', async () => {
    const browser = newBrowser();
    const first = rig.client('sealed', { user: 'ada', browser, storage: 'browser' });
    draw(first.board);
    await saved(first);
    await rig.stopServer();
    const ids = [draw(first.board), draw(first.board)];
    await rig.endClients();
    await rig.startServer();
    const second = rig.client('sealed', { user: 'ada', browser, storage: 'browser' });
    await until([second], 'both are there', () => ids.every((id) => second.board.get(id)));
    await saved(second);
    await rig.endClients();
    const third = rig.client('sealed', { user: 'ada', browser, storage: 'browser' });
    await saved(third);
    const other = rig.client('sealed', { user: 'ben' });
    await converged([third, other]);
    expect(other.board.size).toBe(3);
    expect(third.connection.status.waiting).toBe(0);
  });

  it('finds nothing of who was here before', async () => {
    const browser = newBrowser();
    const ada = rig.client('private', { user: 'ada', browser, storage: 'browser' });
    draw(ada.board);
    await saved(ada);
    await rig.endClients();
    await rig.stopServer();
    const { asked, fetch } = whenAsking();
    const ben = rig.client('private', { user: 'ben', browser, fetch, storage: 'browser' });
    await asked;
    expect(ben.board.size).toBe(0);
    await rig.startServer();
    await saved(ben);
  });

  it('keeps nothing where storage is the page’s', async () => {
    const browser = newBrowser();
    const first = rig.client('page', { user: 'ada', browser, storage: 'page' });
    draw(first.board);
    await saved(first);
    expect(first.connection.status.durable).toBe(false);
    await rig.endClients();
    await rig.stopServer();
    const { asked, fetch } = whenAsking();
    const second = rig.client('page', { user: 'ada', browser, fetch, storage: 'browser' });
    await asked;
    expect(second.board.size).toBe(0);
    await rig.startServer();
  });

  it('F9: what somebody showed and the log refuses is not there when the page opens again', async () => {
    const browser = newBrowser();
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead, after: systemClock.after };
    const ada = rig.client('refused', { user: 'ada', browser, clock });
    let reachable = true;
    const flaky: typeof fetch = (input, init) =>
      reachable || init?.method !== 'POST' ? fetch(input, init) : Promise.reject(new TypeError('no network'));
    const ben = rig.client('refused', { user: 'ben', fetch: flaky });
    await until([ada, ben], 'both here', () => ada.connection.status.participants === 2);
    const stored = draw(ben.board);
    await converged([ada, ben]);
    reachable = false;
    const refused = draw(ben.board);
    await until([ada], 'ada sees it', () => ada.board.get(refused) !== undefined);
    rig.roles.set('ben', 'read');
    // Old enough to be handed in by its witness, together with something of her own.
    ahead = 2_000;
    const own = draw(ada.board);
    await until([ada], 'it is taken away', () => ada.board.get(refused) === undefined);
    await saved(ada);
    await rig.endClients();
    const again = rig.client('refused', { user: 'ada', browser });
    await until([again], 'the rest is there', () => again.board.size === 2);
    expect([stored, own, refused].map((id) => again.board.get(id) !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    await saved(again);
    expect(again.errors).toEqual([]);
    rig.roles.clear();
  });

  it('destroy() leaves nothing in the browser: no lock, line, interval or open database', async () => {
    const browser = createCountingScope(newBrowser());
    const intervals = new Set<unknown>();
    const [begin, end] = [globalThis.setInterval, globalThis.clearInterval];
    globalThis.setInterval = ((...parameters: Parameters<typeof begin>) => {
      const interval = begin(...parameters);
      intervals.add(interval);
      return interval;
    }) as typeof begin;
    globalThis.clearInterval = (interval) => {
      intervals.delete(interval);
      end(interval);
    };
    try {
      const [one, two] = [
        rig.client('left', { user: 'ada', browser }),
        rig.client('left', { user: 'ada', browser }),
      ];
      draw(one.board);
      await converged([one, two]);
      expect([browser.locked, browser.lines, intervals.size].every((count) => count > 0)).toBe(true);
      await one.connection.destroy();
      await until([two], 'the other one leads', () => two.connection.status.connection === 'live');
      await two.connection.destroy();
      expect([browser.locked, browser.lines, intervals.size]).toEqual([0, 0, 0]);
      // Waits for whoever has it open.
      await deleteDB(`inkwire ${ownerOf(rig.address, 'ada')}`, {
        blocked: () => expect.fail('The database is still open.'),
      });
    } finally {
      Object.assign(globalThis, { setInterval: begin, clearInterval: end });
    }
  });
});
