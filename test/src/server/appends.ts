import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LogUnderTest } from './log-under-test.js';
import { type Page, put } from './page.js';

/** L1 to L4, L7, L10: what an append does and what a read brings. */
export const testAppends = ({ join, page, channel }: LogUnderTest): void => {
  it('L1, L2: numbers entries from 1 and gives back the same bytes in the same order', async () => {
    const ana = await join('ana');
    const entries = ['a', 'b', 'c'].map((key) => ana.draw(put(key)));
    const { status, answer } = await ana.append(entries);
    expect(status).toBe(200);
    expect(answer.entries).toEqual(entries.map((entry, index) => [ana.session, entry.n, index + 1]));

    const { header, rows } = await ana.pull();
    expect(header).toMatchObject({ epoch: answer.epoch, head: 3, writers: [[ana.doc.clientID, 'ana']] });
    expect(
      rows.map(({ seq, ...entry }) => ({ ...entry, update: [...entry.update], seal: [...entry.seal] })),
    ).toEqual(entries.map((entry) => ({ ...entry, update: [...entry.update], seal: [...entry.seal] })));
    expect(rows.map((row) => row.seq)).toEqual([1, 2, 3]);
  });

  it('L2: answers a repeated entry with the place it has, and stores it once', async () => {
    const ana = await join('ana');
    const [first, second] = [ana.draw(put('a')), ana.draw(put('b'))];
    await ana.append([first, second]);
    const again = await ana.append([first, second, ana.draw(put('c'))]);
    expect(again.status).toBe(200);
    expect(again.answer.entries.map(([, n, seq]) => [n, seq])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect((await ana.pull()).rows).toHaveLength(3);
  });

  it('L2: refuses a number after a gap and says which one comes next', async () => {
    const ana = await join('ana');
    const first = ana.draw(put('a'));
    ana.draw(put('b'));
    const third = ana.draw(put('c'));
    const { status, answer } = await ana.append([first, third]);
    expect(status).toBe(409);
    expect(answer.entries).toEqual([[ana.session, 1, 1]]);
    expect(answer.error).toMatchObject({ code: 'gap', session: ana.session, n: 3, expected: 2 });
    expect((await ana.pull()).header.head).toBe(1);
  });

  it('L2: 20 pages append at once: sequences are contiguous, and each page stays in its order', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, (_, index) => join(`user${index}`)));
    const perPage = 15;
    await Promise.all(
      pages.map(async (page) => {
        for (let step = 0; step < perPage; step += 1) {
          const entry = page.draw(put(`${page.user}/${step}`));
          const [one, other] = await Promise.all([page.append([entry]), page.append([entry])]);
          expect([one.status, other.status]).toEqual([200, 200]);
          expect(one.answer.entries).toEqual(other.answer.entries);
        }
      }),
    );
    const { rows, header } = await (pages[0] as Page).pull();
    expect(header.head).toBe(20 * perPage);
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    for (const page of pages)
      expect(rows.filter((row) => row.session === page.session).map((row) => row.n)).toEqual(
        Array.from({ length: perPage }, (_, index) => index + 1),
      );
  });

  it('L4: a reader who is behind gets what is missing, and nothing else', async () => {
    const ana = await join('ana');
    for (const key of ['a', 'b', 'c', 'd']) await ana.append([ana.draw(put(key))]);
    const { header, rows } = await ana.pull(2);
    expect(header.head).toBe(4);
    expect(rows.map((row) => row.seq)).toEqual([3, 4]);
    expect((await ana.pull(4)).rows).toEqual([]);
  });

  it('L4: a reader who tells the state of its document gets what that lacks, in one piece', async () => {
    const ana = await join('ana');
    await ana.append([ana.draw(put('a')), ana.draw(put('b'))]);
    const ben = page('ben');
    await ben.follow();
    await ana.append([ana.draw(put('a', 'again')), ana.draw((doc) => doc.getMap('b').delete('b'))]);
    const vector = (doc: Y.Doc): string => Buffer.from(Y.encodeStateVector(doc)).toString('base64url');
    const { header, snapshot, rows } = await ana.pull(0, undefined, vector(ben.doc));
    expect([header.head, snapshot?.seq, rows.length]).toEqual([4, 4, 0]);
    expect(header.sessions).toEqual([[ana.session, 4]]);
    Y.applyUpdateV2(ben.doc, snapshot?.update ?? new Uint8Array(0));
    expect(ben.doc.getMap('b').toJSON()).toEqual({ a: 'again' });
    const all = await ana.pull(0, undefined, vector(new Y.Doc()));
    expect(snapshot?.update.length).toBeLessThan(all.snapshot?.update.length ?? 0);
    for (const wrong of ['', 'no vector', '_w', 'x'.repeat(9_000)])
      expect((await ana.send(`/channels/${channel()}/entries?after=0&vector=${wrong}`)).status).toBe(400);
  });

  it('L7: a reader with another epoch, or ahead of the log, starts from the beginning', async () => {
    const ana = await join('ana');
    await ana.append([ana.draw(put('a')), ana.draw(put('b'))]);
    expect((await ana.pull(1, 'another')).rows).toHaveLength(2);
    expect((await ana.pull(77)).rows).toHaveLength(2);
  });

  it('L10: an update whose causes are missing is refused with what is missing, and taken after them', async () => {
    const ana = await join('ana');
    const ben = await join('ben');
    const first = ana.draw(put('shared', 1));
    Y.applyUpdate(ben.doc, first.update);
    const second = ben.draw(put('shared', 2));
    const early = await ben.append([second]);
    expect(early.status).toBe(409);
    expect(early.answer.error).toMatchObject({ code: 'causes_missing', missing: [[ana.doc.clientID, 0]] });
    await ana.append([first]);
    expect((await ben.append([second])).status).toBe(200);
  });

  it('L3: refuses what does not decode; what came before it stands', async () => {
    const ana = await join('ana');
    const good = ana.draw(put('a'));
    const { status, answer } = await ana.append([good, ana.seal(new Uint8Array([1, 2, 3, 4]))]);
    expect(status).toBe(422);
    expect(answer.error).toMatchObject({ code: 'undecodable', n: 2 });
    expect(answer.entries).toEqual([[ana.session, 1, 1]]);
  });

  it('L3: takes an update of 1 MiB at most', async () => {
    const ana = await join('ana');
    const { status, answer } = await ana.append([ana.draw(put('a', new Uint8Array(1 << 20)))]);
    expect([status, answer.error?.code]).toEqual([413, 'too_large']);
    const smaller = page('ana');
    await smaller.join();
    const fits = await smaller.append([smaller.draw(put('a', new Uint8Array((1 << 20) - 100)))]);
    expect(fits.status).toBe(200);
    expect((await smaller.pull()).rows[0]?.update.length).toBeGreaterThan(1_000_000);
  });
};
