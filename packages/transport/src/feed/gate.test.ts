import { type Entry, SEAL_LENGTH, type SessionId } from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createManualClock } from '../testing/manual-clock.js';
import { hasCauses } from './causes.js';
import { createGate } from './gate.js';

const A = 'aaaaaaaaaaaa' as SessionId;
const B = 'bbbbbbbbbbbb' as SessionId;
const seal = new Uint8Array(SEAL_LENGTH);

/** A document behind a gate. */
const guarded = () => {
  const doc = new Y.Doc();
  const clock = createManualClock();
  const present = new Map<SessionId, number>();
  const invalid: Entry[] = [];
  const gate = createGate({
    present: (session) => present.get(session) ?? 0,
    hasCauses: (update) => hasCauses(doc, update),
    apply: ({ session, n, update }) => {
      Y.applyUpdate(doc, update);
      present.set(session, n);
    },
    onInvalid: (entry) => invalid.push(entry),
    clock,
  });
  const pending = (): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  return { doc, clock, gate, invalid, pending };
};

/** Two people who edit one text and hear each other at once: their entries depend on each other. */
const dialogue = (
  edits: readonly { readonly by: 0 | 1; readonly at: number; readonly remove: boolean }[],
) => {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const entries: Entry[] = [];
  const counts = [0, 0];
  for (const [index, session] of [A, B].entries())
    docs[index as 0 | 1].on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      counts[index] = (counts[index] as number) + 1;
      entries.push({ session, n: counts[index] as number, update, seal });
      Y.applyUpdate(docs[index === 0 ? 1 : 0], update, 'other');
    });
  for (const { by, at, remove } of edits) {
    const text = docs[by].getText('text');
    if (remove && text.length > 0) text.delete(at % text.length, 1);
    else text.insert(at % (text.length + 1), 'x');
  }
  return { entries, result: docs[0] };
};

const edits = fc.array(
  fc.record({ by: fc.constantFrom<0 | 1>(0, 1), at: fc.nat(50), remove: fc.boolean() }),
  { maxLength: 14 },
);

describe('gate', () => {
  it('F8: in any order, with repeats, everything gets in and nothing is ever pending', () => {
    const scenario = edits.map(dialogue).chain(({ entries, result }) =>
      fc
        .shuffledSubarray([...entries, ...entries.slice(0, 3)], {
          minLength: entries.length + Math.min(3, entries.length),
        })
        .map((order) => ({ order, result })),
    );
    fc.assert(
      fc.property(scenario, ({ order, result }) => {
        const { doc, gate, pending } = guarded();
        for (const entry of order) {
          gate.offer(entry);
          expect(pending()).toBe(false);
        }
        expect(doc.getText('text').toString()).toBe(result.getText('text').toString());
        expect(gate.waiting).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('F8: what was lost holds back what follows it, deletions included, until the log brings it', () => {
    const { entries, result } = dialogue([
      { by: 0, at: 0, remove: false },
      { by: 0, at: 0, remove: true },
      { by: 0, at: 0, remove: false },
    ]);
    const { doc, gate, pending } = guarded();
    gate.offer(entries[1] as Entry);
    gate.offer(entries[2] as Entry);
    expect([gate.waiting, doc.getText('text').length, pending()]).toEqual([2, 0, false]);
    gate.offer(entries[0] as Entry);
    expect(doc.getText('text').toString()).toBe(result.getText('text').toString());
  });

  it('F8: nothing waits for longer than a minute, nor without bound', () => {
    const { clock, gate } = guarded();
    const { entries } = dialogue([
      { by: 0, at: 0, remove: false },
      { by: 0, at: 1, remove: false },
    ]);
    gate.offer(entries[1] as Entry);
    clock.advance(60_001);
    gate.retry();
    expect(gate.waiting).toBe(0);
    for (let n = 2; n < 5_000; n += 1) gate.offer({ session: B, n, update: new Uint8Array(2), seal });
    expect(gate.waiting).toBeLessThanOrEqual(1_000);
  });

  it('W5: bytes that are no update are reported and forgotten', () => {
    const { gate, invalid } = guarded();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (update) => {
        gate.offer({ session: B, n: 1, update, seal });
      }),
      { numRuns: 500 },
    );
    expect(invalid.length).toBeGreaterThan(0);
  });
});
