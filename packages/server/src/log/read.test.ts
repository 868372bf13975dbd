import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeLog, type Sequence } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { readHistory, readLog } from './read.js';
import { DEFAULT_RETENTION, trim } from './retention.js';
import { type LogRow, readRows } from './rows.js';
import { storeSnapshot } from './snapshot.js';

const ROWS = 3;

describe('a read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-read-'));
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(folder);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A channel with some rows, and a database that compacts it the moment somebody asks for the first of them. */
  const compactedInBetween = async (name: string): Promise<{ database: Database; channel: number }> => {
    const { id } = await createChannels(database).open(name);
    await database.query(
      `insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
        select $1, n, 'abcdefghijkl', n, 1, $2, $3 from generate_series(1, ${ROWS}) as n`,
      [id, new Uint8Array(16), new Uint8Array([0, 0])],
    );
    await database.query(`update inkwire.channels set head = ${ROWS} where id = $1`, [id]);
    let isCompacted = false;
    const run: Database['run'] = async (statement, values) => {
      if (!isCompacted && statement.sql.includes('from inkwire.entries\n')) {
        isCompacted = true;
        const snapshot = { seq: ROWS as Sequence, madeAt: 1, sessions: [] };
        await storeSnapshot(database.query, id, snapshot, new Uint8Array([0, 0]));
        await database.query(`update inkwire.channels set snapshot = ${ROWS} where id = $1`, [id]);
        await trim(database.query, id, ROWS, DEFAULT_RETENTION, DEFAULT_RETENTION.historyMs + 1);
      }
      return database.run(statement, values);
    };
    return { database: { ...database, run }, channel: id };
  };

  const partsOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string[]> => {
    const parts: string[] = [];
    for await (const part of decodeLog(chunks)) parts.push(part.type);
    return parts;
  };

  it('L4: begins again with the snapshot when a compaction drops its rows before it has the first', async () => {
    const { database: moving, channel } = await compactedInBetween('presence-board-read');
    const neverFolded = (): never => {
      throw new Error('A plain read folds nothing.');
    };
    const chunks = readLog(moving, neverFolded, channel, { after: 1 });
    expect(await partsOf(chunks)).toEqual(['header', 'snapshot']);
  });

  it('L4: never passes over a row that has lost its content: it ends before it', async () => {
    const { channel } = await compactedInBetween('presence-board-hole');
    await database.query('update inkwire.entries set body = null where channel = $1 and seq = 2', [channel]);
    const pages = readRows(database, channel, 0, ROWS);
    const { value } = await pages.next();
    expect((value as readonly LogRow[]).map(({ entry }) => entry.seq)).toEqual([1]);
    await expect(pages.next()).rejects.toMatchObject({ code: 'trimmed' });
  });

  it('H2: of the past, too', async () => {
    const { database: moving, channel } = await compactedInBetween('presence-board-past');
    const chunks = readHistory(moving, channel, { from: 1, until: ROWS });
    expect(await partsOf(chunks)).toEqual(['header', 'snapshot']);
  });
});
