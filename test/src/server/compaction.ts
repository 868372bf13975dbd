import { addElement, createBoard, digestOf, removeElements } from '@inkwire/core';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TestDatabases } from './databases.js';
import { logUnderTest } from './log-under-test.js';
import { type Page, type Pulled, put } from './page.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const EVERY = 20;

/** L4, L6, D8, H1, H2, F6: what is left of a log after it was compacted, and what nobody notices of it. */
export const testCompaction = (databases: () => TestDatabases): void => {
  const now = { ms: 1_700_000_000_000 };
  const compactions: { channel: string; seq: number; rows: number; length: number }[] = [];
  const failures: object[] = [];
  const log = logUnderTest(databases, {
    compactAfterEntries: EVERY,
    clock: () => now.ms,
    report(record) {
      if (record.event === 'compacted') compactions.push(record as unknown as (typeof compactions)[number]);
      if (record.event === 'compaction failed') failures.push(record);
    },
  });

  const compacted = async (seq: number): Promise<void> => {
    await expect
      .poll(() => compactions.some((done) => done.channel === log.channel() && done.seq >= seq), {
        interval: 5,
      })
      .toBe(true);
    expect(failures).toEqual([]);
  };

  /** Appends `count` entries one by one and waits until the log is compacted up to the last one. */
  const fill = async (page: Page, count: number, key: (step: number) => string): Promise<void> => {
    for (let step = 0; step < count; step += 1)
      expect((await page.append([page.draw(put(key(step), step))])).status).toBe(200);
  };

  const apply = (doc: Y.Doc, { snapshot, rows }: Pulled): void => {
    if (snapshot) Y.applyUpdateV2(doc, snapshot.update);
    for (const row of rows) Y.applyUpdate(doc, row.update);
  };
  const docOf = (pulled: Pulled): Y.Doc => {
    const doc = new Y.Doc();
    apply(doc, pulled);
    return doc;
  };

  it('L4, L6: a newcomer gets a snapshot and the rows after it, and has what the writer has', async () => {
    const ana = await log.join('ana');
    await fill(ana, EVERY, (step) => `k${step % 3}`);
    await compacted(EVERY);
    await fill(ana, 2, (step) => `after${step}`);
    const pulled = await ana.pull();
    expect(pulled.snapshot?.seq).toBe(EVERY);
    expect(pulled.rows.map((row) => row.seq)).toEqual([EVERY + 1, EVERY + 2]);
    expect(pulled.header.sessions).toEqual([[ana.session, EVERY]]);
    expect(pulled.header.writers).toEqual([[ana.doc.clientID, 'ana']]);
    const doc = docOf(pulled);
    expect(doc.getMap('b').toJSON()).toEqual(ana.doc.getMap('b').toJSON());
    expect(digestOf(doc)).toBe(digestOf(ana.doc));
  });

  it('L6: what was written over and over takes no more room than its last value', async () => {
    const ana = await log.join('ana');
    for (const seq of [EVERY, EVERY * 2, EVERY * 3]) {
      await fill(ana, EVERY, () => 'same');
      await compacted(seq);
    }
    const { snapshot } = await ana.pull();
    expect(snapshot?.update.length).toBeLessThan(80);
  });

  it('L6: a snapshot holds what the log took, and nothing that was only handed in', async () => {
    const ana = await log.join('ana');
    const mallory = await log.join('mallory');
    await fill(ana, EVERY - 1, (step) => `k${step}`);
    const early = mallory.seal(mallory.draw(put('early')).update, 9);
    expect((await mallory.append([early])).answer.error?.code).toBe('gap');
    await fill(ana, 1, () => 'last');
    await compacted(EVERY);
    const pulled = await ana.pull();
    expect(pulled.snapshot?.seq).toBe(EVERY);
    const doc = docOf(pulled);
    expect(doc.getMap('b').has('early')).toBe(false);
    expect(digestOf(doc)).toBe(digestOf(ana.doc));
  });

  it('L2, L6: rows below the snapshot stay for those who are not far behind, and a retry finds its place', async () => {
    const ana = await log.join('ana');
    const first = ana.draw(put('first'));
    await ana.append([first]);
    await fill(ana, EVERY, (step) => `k${step}`);
    await compacted(EVERY);
    const { snapshot, rows } = await ana.pull(3);
    expect(snapshot).toBeUndefined();
    expect(rows[0]?.seq).toBe(4);
    expect((await ana.append([first])).answer.entries).toEqual([[ana.session, 1, 1]]);
  });

  it('L6, H1: after the retention, rows are gone, but the board, its keys and its contiguity are not', async () => {
    const ana = await log.join('ana');
    const first = ana.draw(put('first'));
    await ana.append([first]);
    await fill(ana, EVERY, (step) => `k${step}`);
    await compacted(EVERY);
    now.ms += 31 * DAY_MS;
    await fill(ana, EVERY, (step) => `later${step}`);
    await compacted(EVERY * 2);
    const { snapshot, rows, header } = await ana.pull(1);
    expect(snapshot?.seq).toBeGreaterThanOrEqual(EVERY * 2);
    expect((snapshot?.seq ?? 0) + rows.length).toBe(header.head);
    expect(digestOf(docOf({ header, rows, ...(snapshot ? { snapshot } : {}) }))).toBe(digestOf(ana.doc));
    expect((await ana.append([first])).answer.entries).toEqual([[ana.session, 1, 1]]);

    now.ms += 61 * DAY_MS;
    await fill(ana, EVERY, (step) => `last${step}`);
    await compacted(EVERY * 3);
    // Its key is gone by now; the answer is a place that is not above it, so that the page lets go of the entry.
    const late = await ana.append([first]);
    expect(late.status).toBe(200);
    expect(late.answer.entries[0]?.[1]).toBe(1);
    expect(late.answer.entries[0]?.[2]).toBeLessThanOrEqual(late.answer.head);
    expect((await ana.pull()).header.head).toBe(header.head + EVERY);
  });

  it('D8: what was removed for longer than the retention is purged for everyone, by an entry of the log', async () => {
    const ana = await log.join('ana');
    const ben = await log.join('ben');
    const board = createBoard({ doc: ana.doc, clock: () => now.ms, user: 'ana' });
    const points = Array.from({ length: 400 }, (_, index) => ({ x: index * 1.7, y: (index * index) % 97 }));
    const add = addElement(board, { kind: 'stroke', points });
    const [id] = add.births.keys();
    await ana.append([ana.draw(() => board.commit(add))]);
    await ana.append([ana.draw(() => board.commit(removeElements(board, [id!])))]);
    await fill(ana, EVERY, (step) => `k${step % 2}`);
    await compacted(EVERY);
    const before = (await ana.pull()).snapshot?.update.length ?? 0;
    const level = (await ben.follow()).header.head;
    expect(ben.doc.getMap('b').has(id!)).toBe(true);

    now.ms += 31 * DAY_MS;
    await fill(ana, EVERY, (step) => `k${step % 2}`);
    await compacted(EVERY * 2);
    const { header, snapshot } = await ana.pull();
    expect(snapshot?.update.length).toBeLessThan(before - 500);
    // Whoever was level gets the purge as one more row, and so stays equal to a newcomer.
    for (const page of [ana, ben]) {
      apply(page.doc, await page.pull(level));
      expect(page.doc.getMap('b').has(id!)).toBe(false);
      const response = await page.send(`/channels/${log.channel()}/digest`);
      expect(await response.json()).toEqual({
        epoch: header.epoch,
        head: header.head,
        digest: digestOf(page.doc),
      });
    }
  });

  it('H1, H2: the board at any sequence, and who made what when, can be read from its history', async () => {
    const ana = await log.join('ana');
    const ben = await log.join('ben');
    const states: string[] = [''];
    const times: number[] = [];
    const shared = new Y.Doc();
    for (let step = 0; step < EVERY * 2 + 5; step += 1) {
      const page = step % 2 ? ben : ana;
      Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(shared));
      const entry = page.draw(put(`k${step % 7}`, step));
      Y.applyUpdate(shared, entry.update);
      now.ms += 1_000;
      times.push(now.ms);
      states.push(text(shared));
      expect((await page.append([entry])).status).toBe(200);
      if (step + 1 === EVERY) await compacted(EVERY);
    }
    await compacted(EVERY * 2);
    for (const seq of [1, 7, EVERY, EVERY + 1, EVERY * 2 + 3]) {
      const past = await ana.history(seq, seq + 2);
      const doc = new Y.Doc();
      if (past.snapshot) Y.applyUpdateV2(doc, past.snapshot.update);
      expect(past.snapshot?.seq ?? 0).toBeLessThanOrEqual(seq);
      for (const { entry, at } of past.dated) {
        Y.applyUpdate(doc, entry.update);
        expect(at).toBe(times[entry.seq - 1]);
        if (entry.seq >= seq) expect(text(doc)).toBe(states[entry.seq]);
      }
      expect(past.dated.at(-1)?.entry.seq).toBe(seq + 2);
      expect(new Map(past.header.authors)).toEqual(
        new Map([
          [ana.session, 'ana'],
          [ben.session, 'ben'],
        ]),
      );
    }
  });

  it.each([
    ['', 0],
    [', though it drops all rows that it takes in', 31 * DAY_MS],
  ])(
    'L6: readers and writers notice nothing while the log is compacted under them, again and again%s',
    async (_how, apartMs) => {
      const writers = await Promise.all(['ana', 'ben', 'cy'].map((user) => log.join(user)));
      let writing = true;
      const reading = ['dan', 'eve'].map(async (user) => {
        const page = log.page(user);
        let synced = 0;
        let pulls = 0;
        while (writing || pulls < 3) {
          // The embedded database answers without waiting for anything, so the loop itself has to let others run.
          await new Promise((resolve) => setImmediate(resolve));
          // Sometimes from the start, as a newcomer does; else from where this reader is.
          const after = pulls % 4 === 0 ? 0 : synced;
          const { header, snapshot, rows } = await page.pull(after);
          const start = snapshot?.seq ?? after;
          expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => start + 1 + index));
          expect(start + rows.length).toBe(header.head);
          apply(page.doc, { header, rows, ...(snapshot ? { snapshot } : {}) });
          expect(page.doc.store.pendingStructs).toBeNull();
          synced = header.head;
          pulls += 1;
        }
        return page;
      });
      try {
        await Promise.all(
          writers.map((writer) =>
            fill(writer, EVERY * 3, (step) => {
              now.ms += apartMs;
              return `${writer.user}/${step % 5}`;
            }),
          ),
        );
        await compacted(EVERY * 6);
      } finally {
        writing = false;
      }
      const readers = await Promise.all(reading);
      const last = docOf(await (writers[0] as Page).pull());
      for (const reader of readers) {
        await reader.follow();
        expect(digestOf(reader.doc)).toBe(digestOf(last));
      }
      expect(text(last)).toBe(text(readers[0]?.doc as Y.Doc));
    },
  );
};

/** What a document says; maps have no order of their own. */
const text = (doc: Y.Doc): string =>
  JSON.stringify(Object.entries(doc.getMap('b').toJSON()).sort(([a], [b]) => (a < b ? -1 : 1)));
