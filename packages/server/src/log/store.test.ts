import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, SessionId } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOvertaken } from './append-function.js';
import type { ChannelState } from './channel-state.js';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { type Planned, store } from './store.js';

const SESSION = 'abcdefghijkl' as SessionId;
const CLIENT = 7;

describe('storing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-store-'));
  let database: Database;
  let channels = 0;
  beforeAll(async () => {
    database = await openDatabase(folder);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A channel on which ana has joined. */
  const joined = async (): Promise<ChannelState> => {
    channels += 1;
    const state = await createChannels(database).open(`presence-board-${channels}`);
    await database.query(
      "insert into inkwire.sessions (channel, session, user_id, joined_at) values ($1, $2, 'ana', 0)",
      [state.id, SESSION],
    );
    return state;
  };

  /** Her entries after the number `before`, with a content of their own each. */
  const plan = (state: ChannelState, before: number, count: number, user = 'ana'): Planned => {
    const entries = Array.from({ length: count }, (_, index): Entry => {
      const n = before + index + 1;
      return { session: SESSION, n, update: new Uint8Array(n).fill(n), seal: new Uint8Array(16).fill(n) };
    });
    return {
      state,
      plan: {
        requests: [],
        entries,
        authors: new Set([user]),
        sessions: new Map([[SESSION, { before, after: before + count }]]),
        clients: new Map([[CLIENT, { user, clock: before + count }]]),
      },
    };
  };

  const rowsOf = (state: ChannelState): Promise<object[]> =>
    database.query('select seq, n, seal, body from inkwire.entries where channel = $1 order by seq', [
      state.id,
    ]);
  const row = (n: number): object => ({
    seq: n,
    n,
    seal: Buffer.alloc(16, n),
    body: Buffer.alloc(n, n),
  });

  describe.each([
    ['one page', 1],
    ['several channels', 2],
  ])('what %s handed in', (_name, count) => {
    const states = (): Promise<ChannelState[]> => Promise.all(Array.from({ length: count }, joined));

    it('L2: numbers entries in their order, and keeps bytes and seals as they are', async () => {
      const all = await states();
      await store(
        database,
        all.map((state) => plan(state, 0, 1)),
        1,
      );
      const stored = await store(
        database,
        all.map((state) => plan(state, 1, 3)),
        1,
      );
      for (const state of all) {
        expect(stored.get(state)).toMatchObject({ channel: state.name, head: 4 });
        expect(stored.get(state)?.entries.map(([seq, { n }]) => [seq, n])).toEqual([
          [2, 2],
          [3, 3],
          [4, 4],
        ]);
        expect(await rowsOf(state)).toEqual([1, 2, 3, 4].map(row));
      }
    });

    it.each([
      ['stored more of a session', 'update inkwire.sessions set last = 2 where channel = any($1)'],
      ['ended a session', 'update inkwire.sessions set revoked = true where channel = any($1)'],
      [
        'gave a client to somebody else',
        "update inkwire.clients set user_id = 'ben' where channel = any($1)",
      ],
    ])('L3: stores nothing at all when another process %s meanwhile', async (_what, meanwhile) => {
      const all = await states();
      await store(
        database,
        all.map((state) => plan(state, 0, 1)),
        1,
      );
      await database.query(meanwhile, [all.slice(-1).map((state) => state.id)]);
      const failure = await store(
        database,
        all.map((state) => plan(state, 1, 2)),
        1,
      ).catch((error) => error);
      expect(isOvertaken(failure)).toBe(true);
      for (const state of all) expect(await rowsOf(state)).toEqual([row(1)]);
    });
  });
});
