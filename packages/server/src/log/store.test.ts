import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, SessionId } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ROW_LASTS, isOvertaken } from './append-function.js';
import type { Planned } from './append-plan.js';
import { type ChannelState, loadClients, loadLog, loadSessions } from './channel-state.js';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { dropRetired } from './retention.js';
import { revokeSessions } from './revoke.js';
import { store } from './store.js';

const SESSION = 'abcdefghijkl' as SessionId;
const CLIENT = 7;
const OTHER_CLIENT = 8;

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

  /** The same channel as another process has it. */
  const elsewhere = (state: ChannelState): Promise<ChannelState> => createChannels(database).open(state.name);

  /** Her entries after the number `before`, with a content of their own each. */
  const plan = (state: ChannelState, before: number, count: number, client = CLIENT): Planned => {
    const entries = Array.from({ length: count }, (_, index): Entry => {
      const n = before + index + 1;
      return {
        session: SESSION,
        n,
        update: new Uint8Array(n % 256).fill(n),
        seal: new Uint8Array(16).fill(n),
      };
    });
    return {
      state,
      plan: {
        requests: [],
        entries,
        writers: entries.map(({ n }) => [client, n] as const),
        authors: new Set(['ana']),
        sessions: new Map([[SESSION, { before, after: before + count }]]),
        clients: new Map([
          [client, { user: 'ana', clock: before + count, until: state.clients.get(client)?.until ?? 0 }],
        ]),
        joint: new Set<number>(),
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
    body: Buffer.alloc(n % 256, n),
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
      [
        'stored the next entry',
        async (state: ChannelState) => {
          await store(database, [plan(await elsewhere(state), 1, 1)], 1);
        },
        [1, 2],
      ],
      [
        'dropped keys of a session',
        ({ id }: ChannelState) =>
          database.query('update inkwire.sessions set last = 1 where channel = $1', [id]),
        [1],
      ],
      ['ended a session', ({ name }: ChannelState) => revokeSessions(database, 'ana', name), [1]],
      [
        'brought the log further than what is known of a client lasts',
        ({ id }: ChannelState) =>
          database.query(`update inkwire.channels set head = head + ${CLIENT_ROW_LASTS} where id = $1`, [id]),
        [1],
      ],
      [
        'gave a client to somebody else',
        ({ id }: ChannelState) =>
          database.query("insert into inkwire.clients (channel, client, user_id) values ($1, $2, 'ben')", [
            id,
            OTHER_CLIENT,
          ]),
        [1],
        OTHER_CLIENT,
      ],
    ])(
      'L3: stores nothing at all when another process %s meanwhile',
      async (_what, meanwhile, left, client = CLIENT) => {
        const all = await states();
        await store(
          database,
          all.map((state) => plan(state, 0, 1)),
          1,
        );
        const last = all.at(-1) as ChannelState;
        await meanwhile(last);
        const failure = await store(
          database,
          all.map((state) => plan(state, 1, 2, client)),
          1,
        ).catch((error) => error);
        expect(isOvertaken(failure)).toBe(true);
        for (const state of all) expect(await rowsOf(state)).toEqual((state === last ? left : [1]).map(row));
      },
    );
  });

  it('L2: what several sessions wrote in turns on several channels stays in its order, each with its own', async () => {
    const other = 'bcdefghijklm' as SessionId;
    // Of each entry its session, its number there, and the client that wrote in it, if it was one alone.
    const written = [
      [SESSION, 1, CLIENT],
      [SESSION, 2, null],
      [SESSION, 3, CLIENT],
      [SESSION, 4, OTHER_CLIENT],
      [other, 1, null],
      [other, 2, OTHER_CLIENT],
      [SESSION, 5, CLIENT],
    ] as const;
    const planned = [];
    for (const [first, last] of [
      [0, 7],
      [0, 1],
      [0, 2],
    ]) {
      const state = await joined();
      const taken = written.slice(first, last);
      const clocks = new Map(taken.map(([, , client], index) => [client, 10 * index + 10]));
      clocks.delete(null);
      planned.push({
        state,
        plan: {
          requests: [],
          entries: taken.map(([session, n], index) => ({
            session,
            n,
            update: new Uint8Array(index).fill(state.id),
            seal: new Uint8Array(16).fill(16 * state.id + index),
          })),
          writers: taken.map(([, , client], index) => client && ([client, 10 * index + 10] as const)),
          authors: new Set(['ana']),
          sessions: new Map([SESSION, other].map((session) => [session, { before: 0, after: 5 }])),
          clients: new Map(
            [...clocks].map(([client, clock]) => [client as number, { user: 'ana', clock, until: 1e6 }]),
          ),
          joint: new Set<number>(),
        },
      });
    }
    await store(database, planned, 1);
    for (const { state, plan } of planned) {
      const rows = await database.query(
        'select session, n, seal, body from inkwire.entries where channel = $1 order by seq',
        [state.id],
      );
      expect(rows).toEqual(
        plan.entries.map(({ session, n, seal, update }) => ({
          session,
          n,
          seal: Buffer.from(seal),
          body: Buffer.from(update),
        })),
      );
      const clocks = await database.query<{ client: number; clock: number }>(
        `select client, max(clock) as clock from inkwire.entries
          where channel = $1 and client is not null group by client`,
        [state.id],
      );
      expect(new Map(clocks.map(({ client, clock }) => [client, clock]))).toEqual(
        new Map([...plan.clients].map(([client, { clock }]) => [client, clock])),
      );
    }
  });

  describe('what is known of sessions and clients', () => {
    /** What a process learns that has never seen the channel. */
    const learned = async (state: ChannelState): Promise<object> => {
      const other = await elsewhere(state);
      await loadSessions(database, other, [SESSION], false);
      await loadClients(database, other, [CLIENT], false);
      return { last: other.sessions.get(SESSION)?.last, clock: other.clients.get(CLIENT)?.clock };
    };

    it('L10: follows the rows, whichever process stored them, however far they go', async () => {
      const state = await joined();
      const other = await elsewhere(state);
      let last = 0;
      for (const [process, count] of [
        [state, 1],
        [state, 2],
        [other, 3],
        [state, CLIENT_ROW_LASTS - 10],
        // From here on the first one's row of the client no longer lasts, and it has not seen what the other one stored.
        [other, 1],
        [state, 20],
        [other, 1],
        [state, 1],
      ] as const) {
        const append = (): Promise<unknown> => store(database, [plan(process, last, count)], 1);
        await append().catch(async (error) => {
          if (!isOvertaken(error)) throw error;
          await loadLog(database, process);
          await loadClients(database, process, [CLIENT], true);
          await append();
        });
        last += count;
        expect(await learned(state)).toEqual({ last, clock: last });
      }
    });

    it('L10: a client that another process brought further has not been brought back', async () => {
      const state = await joined();
      const other = await elsewhere(state);
      await store(database, [plan(state, 0, 1)], 1);
      await loadClients(database, other, [CLIENT], false);
      await store(database, [plan(other, 1, 5)], 1);
      // Another session repeats what the client wrote first, once with its row, and once without.
      const session = 'bcdefghijklm' as SessionId;
      for (const n of [1, 2]) {
        const { plan: repeated } = plan(state, 0, 1);
        await store(
          database,
          [
            {
              state,
              plan: {
                ...repeated,
                entries: repeated.entries.map((entry) => ({ ...entry, session, n })),
                sessions: new Map([[session, { before: n - 1, after: n }]]),
                clients: new Map([[CLIENT, { user: 'ana', clock: 1, until: n === 1 ? 0 : 1e6 }]]),
              },
            },
          ],
          1,
        );
        expect(await learned(state)).toEqual({ last: 6, clock: 6 });
      }
    });

    it('L10: outlives the keys of its entries', async () => {
      const state = await joined();
      for (const n of [0, 1, 2, 3]) await store(database, [plan(state, n, 1)], 1);
      await dropRetired(database, state.id, 4, 2);
      expect(await rowsOf(state)).toEqual([]);
      expect(await learned(state)).toEqual({ last: 4, clock: 4 });
    });

    it('L10: is all in the rows of clients that wrote in one entry', async () => {
      const state = await joined();
      const { plan: both } = plan(state, 0, 1);
      await store(
        database,
        [
          {
            state,
            plan: {
              ...both,
              writers: [null],
              clients: new Map(
                [CLIENT, OTHER_CLIENT].map((client) => [client, { user: 'ana', clock: 3, until: 1e6 }]),
              ),
              joint: new Set([CLIENT, OTHER_CLIENT]),
            },
          },
        ],
        1,
      );
      expect(await learned(state)).toEqual({ last: 1, clock: 3 });
    });
  });
});
