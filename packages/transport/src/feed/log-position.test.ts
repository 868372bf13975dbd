import type { Sequence, SessionId } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogPosition } from './log-position.js';

const A = 'aaaaaaaaaaaa' as SessionId;
const B = 'bbbbbbbbbbbb' as SessionId;
const seq = (value: number): Sequence => value as Sequence;

describe('log position', () => {
  it('F1: is contiguous: what is known beyond a hole waits for the hole', () => {
    const position = createLogPosition();
    position.restart('e');
    position.notePresent(A, 1);
    position.notePresent(B, 1);
    position.noteLogged(seq(2), B, 1);
    expect([position.synced, position.head, position.behind]).toEqual([0, 2, true]);
    position.noteLogged(seq(1), A, 1);
    expect([position.synced, position.head, position.behind]).toEqual([2, 2, false]);
  });

  it('F2: a head that somebody mentions shows that something is missing', () => {
    const position = createLogPosition();
    position.restart('e');
    position.noteHead(seq(4));
    expect(position.behind).toBe(true);
    position.noteRead(seq(4));
    expect(position.behind).toBe(false);
  });

  it('an entry that the log has counts once it is in the document, whichever came first', () => {
    const position = createLogPosition();
    position.restart('e');
    position.noteLogged(seq(1), A, 1);
    expect(position.synced).toBe(0);
    position.notePresent(A, 1);
    expect(position.synced).toBe(1);
  });

  it('L7: another history starts from nothing, and keeps what is in the document', () => {
    const position = createLogPosition();
    position.restart('e');
    position.notePresent(A, 3);
    for (const n of [1, 2, 3]) position.noteLogged(seq(n), A, n);
    position.restart('f');
    expect([position.epoch, position.synced, position.head]).toEqual(['f', 0, 0]);
    expect([position.present(A), position.logged(A)]).toEqual([3, 0]);
  });

  it('never gets ahead of what is in the document, nor stays behind it, in any order of news', () => {
    const log = fc.array(fc.constantFrom(A, B), { maxLength: 12 }).map((sessions) => {
      const counts = new Map<SessionId, number>();
      return sessions.map((session, index) => {
        const n = (counts.get(session) ?? 0) + 1;
        counts.set(session, n);
        return { seq: seq(index + 1), session, n };
      });
    });
    const shuffled = log.chain((rows) =>
      fc
        .shuffledSubarray(
          rows.flatMap((row) => [
            { row, kind: 'receipt' as const },
            { row, kind: 'receipt' as const },
          ]),
          { minLength: 0 },
        )
        .chain((receipts) => fc.nat({ max: rows.length }).map((applied) => ({ rows, receipts, applied }))),
    );
    fc.assert(
      fc.property(shuffled, ({ rows, receipts, applied }) => {
        const position = createLogPosition();
        position.restart('e');
        const here = rows.slice(0, applied);
        for (const { session, n } of here) position.notePresent(session, n);
        for (const { row } of receipts) position.noteLogged(row.seq, row.session, row.n);
        const known = new Set(receipts.map(({ row }) => row.seq));
        let expected = 0;
        while (expected < applied && known.has(seq(expected + 1))) expected += 1;
        expect(position.synced).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
