import { digestOf } from '@inkwire/core';
import { openDatabase } from '@inkwire/server/database';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TestDatabases } from './databases.js';
import type { LogUnderTest } from './log-under-test.js';
import { put } from './page.js';

/** L4: how a log comes out of its database. */
export const testReads = ({ join, channel }: LogUnderTest, databases: () => TestDatabases): void => {
  it('L4, H1: updates of any length come back whole and in order, as rows, with their times, and folded', async () => {
    const ana = await join('ana');
    const lengths = [10, 1_000_000, 20, 131_000, 131_100, 400_000, 30];
    const entries = lengths.map((length, step) =>
      ana.draw(
        put(
          `k${step}`,
          Uint8Array.from({ length }, (_, index) => (index * 31) >> (step % 5)),
        ),
      ),
    );
    expect((await ana.append(entries)).status).toBe(200);
    const { rows } = await ana.pull();
    const { dated } = await ana.history(0, entries.length);
    expect(dated.every(({ at }) => at > 1e12)).toBe(true);
    for (const read of [rows, dated.map(({ entry }) => entry)]) {
      expect(read.map(({ seq, session, n }) => [seq, session, n])).toEqual(
        entries.map((_, index) => [index + 1, ana.session, index + 1]),
      );
      for (const [index, { update, seal }] of entries.entries()) {
        expect(Buffer.compare(read[index]?.update ?? new Uint8Array(0), update)).toBe(0);
        expect(Buffer.compare(read[index]?.seal ?? new Uint8Array(0), seal)).toBe(0);
      }
    }
    const response = await ana.send(`/channels/${channel()}/digest`);
    expect(await response.json()).toMatchObject({ head: entries.length, digest: digestOf(ana.doc) });
    const vector = Buffer.from(Y.encodeStateVector(new Y.Doc())).toString('base64url');
    const { snapshot } = await ana.pull(0, undefined, vector);
    const folded = new Y.Doc();
    if (snapshot) Y.applyUpdateV2(folded, snapshot.update);
    expect(digestOf(folded)).toBe(digestOf(ana.doc));
  });

  it('L9: values come from the database as it has them, and a statement that fails says why and leaves it usable', async () => {
    const database = await openDatabase(await databases().create());
    const values = {
      name: 'values of each kind',
      sql: `select $1::bigint, 'ünï', null::bytea, decode('00ff80', 'hex'), ''::bytea from generate_series(1, $2)`,
    };
    const row = [
      Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]),
      Buffer.from('ünï'),
      null,
      Buffer.from([0, 255, 128]),
      Buffer.alloc(0),
    ];
    for (const count of [0, 1, 3, 3])
      expect(await database.readBytes(values, [2 ** 32 + 2, count])).toEqual(Array(count).fill(row));
    const failing = { name: 'a division', sql: 'select 1 / $1::integer' };
    await expect(database.readBytes(failing, [0])).rejects.toMatchObject({ code: '22012' });
    expect(await database.readBytes(failing, [1])).toEqual([[Buffer.from([0, 0, 0, 1])]]);
    expect(await database.query<{ one: number }>('select 1 as one')).toEqual([{ one: 1 }]);
    await database.close();
  });
};
