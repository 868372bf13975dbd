import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionId } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Candidate } from './append-plan.js';
import { createAppendQueue } from './append-queue.js';
import { createChannels } from './channels.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { readUpdateShape } from './update-shape.js';

const PAGES = 20;
const LANES = 2;

describe('the queue of appends', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-queue-'));
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(folder);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a page draws in its session: so many entries. */
  const draw = (session: SessionId, count: number): Candidate[] => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let n = 1; n <= count; n += 1) doc.getMap('b').set('k', n);
    return updates.map((update, index) => ({
      entry: { session, n: index + 1, update, seal: new Uint8Array(16) },
      shape: readUpdateShape(update),
      author: 'ana',
    }));
  };

  /** How many entries each transaction stored of what all pages hand in at the same moment. */
  const transactionsOf = async (name: string, boards: number, entries: number): Promise<number[]> => {
    const channels = createChannels(database);
    const queue = createAppendQueue(
      { ...database, lanes: LANES },
      channels,
      () => 1,
      () => {},
    );
    const pages = await Promise.all(
      Array.from({ length: PAGES }, async (_, page) => {
        const channel = `presence-board-${name}-${page % boards}`;
        const session = `page${page}`.padStart(12, '0') as SessionId;
        await database.query(
          "insert into inkwire.sessions (channel, session, user_id, joined_at) values ($1, $2, 'ana', 0)",
          [(await channels.open(channel)).id, session],
        );
        return { channel, drawn: draw(session, entries) };
      }),
    );
    const answers = await Promise.all(pages.map(({ channel, drawn }) => queue.append(channel, drawn)));
    expect(answers.flatMap((answer) => answer.entries)).toHaveLength(PAGES * entries);
    await queue.idle();
    const rows = await database.query<{ count: number }>(
      `select count(*)::integer as count from inkwire.entries e join inkwire.channels c on c.id = e.channel
        where c.name like $1 group by e.xmin::text order by min(e.channel), min(e.seq)`,
      [`presence-board-${name}-%`],
    );
    return rows.map(({ count }) => count);
  };

  it('L2: shares the channels out where several transactions can be under way', async () => {
    expect(await transactionsOf('many', PAGES, 10)).toEqual([100, 100]);
  });

  it('L2: stores together what is too little to be shared out', async () => {
    expect(await transactionsOf('few', PAGES, 1)).toEqual([PAGES]);
  });

  it('L2: stores what a channel got at once together, since it has one transaction at a time', async () => {
    expect(await transactionsOf('one', 1, 10)).toEqual([PAGES * 10]);
  });
});
