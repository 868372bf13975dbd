import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeLog, type Sequence } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { othersTurn } from './others-turn.js';
import { createLogReader } from './read.js';
import { DEFAULT_RETENTION, dropRetired, dropUnserved, retire } from './retention.js';
import { type LogRow, readRest, readRows } from './rows.js';
import { findSnapshot, PART_BYTES } from './snapshot.js';
import { serveSnapshot, stageSnapshot } from './stage-snapshot.js';

const ROWS = 3;

const neverFolded = (): never => {
  throw new Error('A plain read folds nothing.');
};

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
    const readBytes: Database['readBytes'] = async (statement, values) => {
      if (!isCompacted && statement.name === 'inkwire page') {
        isCompacted = true;
        const update = new Uint8Array([0, 0]);
        const snapshot = { seq: ROWS as Sequence, madeAt: 1, length: update.length, sessions: [] };
        await stageSnapshot(database, id, snapshot, update);
        await serveSnapshot(database.query, id, ROWS);
        const floor = await retire(
          database.query,
          id,
          ROWS,
          DEFAULT_RETENTION,
          DEFAULT_RETENTION.historyMs + 1,
        );
        await database.query(`update inkwire.channels set snapshot = ${ROWS}, floor = $2 where id = $1`, [
          id,
          floor,
        ]);
        await dropRetired(database, id, floor, 0);
      }
      return database.readBytes(statement, values);
    };
    return { database: { ...database, readBytes }, channel: id };
  };

  const partsOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string[]> => {
    const parts: string[] = [];
    for await (const part of decodeLog(chunks)) parts.push(part.type);
    return parts;
  };

  it('L4: begins again with the snapshot when a compaction drops its rows before it has the first', async () => {
    const { database: moving, channel } = await compactedInBetween('presence-board-read');
    const chunks = createLogReader(moving, neverFolded).read(channel, { after: 1 });
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

  it('L4: never joins the pieces of two contents: it ends when a long row is made harmless meanwhile', async () => {
    const { channel } = await compactedInBetween('presence-board-pieces');
    const setBody = (length: number): Promise<object[]> =>
      database.query('update inkwire.entries set body = $2 where channel = $1 and seq = 2', [
        channel,
        new Uint8Array(length).fill(length & 255),
      ]);
    await setBody(500_001);
    const [row] = (await readRows(database, channel, 1, 2).next()).value as readonly LogRow[];
    const rest = readRest(database, channel, row as LogRow);
    const { value: piece } = await rest.next();
    expect(piece?.every((byte) => byte === (500_001 & 255))).toBe(true);
    await setBody(300_000);
    await expect(rest.next()).rejects.toMatchObject({ code: 'trimmed' });
  });

  it('H2: of the past, too', async () => {
    const { database: moving, channel } = await compactedInBetween('presence-board-past');
    const chunks = createLogReader(moving, neverFolded).history(channel, { from: 1, until: ROWS });
    expect(await partsOf(chunks)).toEqual(['header', 'snapshot']);
  });

  it('L6: a large snapshot is stored piece by piece: others have their turn, and are served it when it is whole', async () => {
    const { id } = await createChannels(database).open('presence-board-large');
    const update = new Uint8Array(10 * PART_BYTES + 1).fill(7);
    const snapshot = { seq: 5 as Sequence, madeAt: 1, length: update.length, sessions: [] };
    const stored = async (): Promise<number> => {
      const [parts] = await database.query<{ count: number }>(
        'select count(*) as count from inkwire.snapshot_parts where channel = $1',
        [id],
      );
      return parts?.count ?? 0;
    };
    const seen = new Set<number>();
    let isStored = false;
    const storing = stageSnapshot(database, id, snapshot, update).finally(() => {
      isStored = true;
    });
    while (!isStored) {
      seen.add(await stored());
      expect(await findSnapshot(database.query, id, 9)).toBeUndefined();
      await othersTurn();
    }
    await storing;
    expect(seen.size).toBeGreaterThan(8);

    // One part is missing, as when another process took this for left over.
    await database.query('delete from inkwire.snapshot_parts where channel = $1 and part = 3', [id]);
    await expect(serveSnapshot(database.query, id, 5)).rejects.toThrow('at 5');
    await dropUnserved(database, id);
    expect(await stored()).toBe(0);

    await stageSnapshot(database, id, snapshot, update);
    await serveSnapshot(database.query, id, 5);
    await database.query('update inkwire.channels set head = 5, snapshot = 5 where id = $1', [id]);
    let read: Uint8Array | undefined;
    for await (const part of decodeLog(createLogReader(database, neverFolded).read(id, { after: 0 })))
      if (part.type === 'snapshot') read = part.update;
    expect(read && Buffer.compare(read, update)).toBe(0);
  });

  it('L6: what is retired goes piece by piece, up to the floor and no further, and keys stay as long as they should', async () => {
    const { id } = await createChannels(database).open('presence-board-retired');
    await database.query(
      `insert into inkwire.entries (channel, seq, session, n, appended_at, seal, body)
        select $1, n, 'abcdefghijkl', n, n, $2, $3 from generate_series(1, 2500) as n`,
      [id, new Uint8Array(16), new Uint8Array(5_000)],
    );
    const update = new Uint8Array(20 * PART_BYTES);
    for (const [seq, madeAt] of [
      [2_000, 1],
      [2_200, 2],
      [2_400, 9],
    ] as const) {
      const sequence = seq as Sequence;
      await stageSnapshot(
        database,
        id,
        { seq: sequence, madeAt, length: update.length, sessions: [] },
        update,
      );
      await serveSnapshot(database.query, id, seq);
    }
    const retention = { ...DEFAULT_RETENTION, historyMs: 5 };
    const floor = await retire(database.query, id, 2_400, retention, 9);
    expect(floor).toBe(2_200);
    await dropRetired(database, id, floor, 1_200);
    const [left] = await database.query<object>(
      `select count(*) as rows, count(body) as bodies, min(seq) as first, min(seq) filter (where body is not null) as whole,
          (select string_agg(seq::text, ' ' order by seq) from inkwire.snapshots where channel = $1) as snapshots,
          (select count(*) from inkwire.snapshot_parts where channel = $1) as parts
        from inkwire.entries where channel = $1`,
      [id],
    );
    expect(left).toEqual({
      rows: 1_301,
      bodies: 300,
      first: 1_200,
      whole: 2_201,
      snapshots: '2200 2400',
      parts: 40,
    });
  });
});
