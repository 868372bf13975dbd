import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry, SessionId } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClients, loadSessions } from './channel-state.js';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { openPglite } from './pglite.js';
import { store } from './store.js';

const SESSION = 'abcdefghijkl' as SessionId;

describe('migrations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-migrate-'));
  let database: Database;
  beforeAll(async () => {
    database = await openPglite(folder);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Tables as the version `version` left them, with a channel on which ana has stored one entry. */
  const asOf = async (version: number): Promise<void> => {
    await database.script('drop schema if exists inkwire cascade; create schema inkwire');
    await database.script('create table inkwire.migrations (version integer primary key)');
    for (const [index, step] of MIGRATIONS.slice(0, version).entries())
      await database.script(`${step}; insert into inkwire.migrations (version) values (${index + 1})`);
    await database.script(
      `insert into inkwire.channels (name, epoch, head) values ('presence-board-old', 'old', 1);
       insert into inkwire.sessions (channel, session, user_id, joined_at, last) values (1, '${SESSION}', 'ana', 0, 1);
       insert into inkwire.clients (channel, client, user_id, clock, seq) values (1, 7, 'ana', 1, 1);
       insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
         values (1, 1, '${SESSION}', 1, 0, '\\x01', '\\x01')`,
    );
  };

  it.each(MIGRATIONS.map((_, version) => version).slice(1))(
    'L9: a log of version %i is there in the newest, and goes on where it stood',
    async (version) => {
      await asOf(version);
      await migrate(database);
      const state = await createChannels(database).open('presence-board-old');
      const entry = (n: number): Entry => ({
        session: SESSION,
        n,
        update: new Uint8Array([n]),
        seal: new Uint8Array(16).fill(n),
      });
      for (const ns of [[2], [3, 4]]) {
        const last = ns.at(-1) as number;
        const plan = {
          requests: [],
          entries: ns.map(entry),
          writers: ns.map((n) => [7, n] as const),
          authors: new Set(['ana']),
          sessions: new Map([[SESSION, { before: last - ns.length, after: last }]]),
          clients: new Map([[7, { user: 'ana', clock: last, until: state.clients.get(7)?.until ?? 0 }]]),
          joint: new Set<number>(),
        };
        const stored = await store(database, [{ state, plan }], 1);
        expect(stored.get(state)).toMatchObject({ epoch: 'old', head: last });
      }
      const other = await createChannels(database).open('presence-board-old');
      await loadSessions(database, other, [SESSION], false);
      await loadClients(database, other, [7], false);
      expect(other.sessions.get(SESSION)).toMatchObject({ user: { id: 'ana' }, last: 4 });
      expect(other.clients.get(7)).toMatchObject({ user: 'ana', clock: 4 });
      expect(await database.query('select seq::integer, body from inkwire.entries order by seq')).toEqual(
        [1, 2, 3, 4].map((n) => ({ seq: n, body: Buffer.from([n]) })),
      );
    },
  );
});
