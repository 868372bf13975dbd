import type { Sequence, SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createChannelReceipts } from './receipts.js';

const SESSION = 'abcdefghijkl' as SessionId;
type Announced = [Sequence, SessionId, number];
const entries = (...seqs: number[]): Announced[] => seqs.map((seq) => [seq as Sequence, SESSION, seq]);

describe('receipts', () => {
  it('L5: leave at once, then every 250 ms at most, and again 2 s and 10 s after the last append', () => {
    const receipts = createChannelReceipts();
    receipts.add('e', 1 as Sequence, entries(1), 1_000);
    expect(receipts.due()).toBe(1_000);
    receipts.take(1_000);
    receipts.add('e', 2 as Sequence, entries(2), 1_010);
    expect(receipts.due()).toBe(1_250);
    expect(receipts.take(1_250)).toEqual({ epoch: 'e', head: 2, entries: entries(1, 2) });
    expect(receipts.due()).toBe(3_010);
    receipts.take(3_010);
    expect(receipts.due()).toBe(11_010);
    receipts.take(11_010);
    expect(receipts.due()).toBeNull();
  });

  it('L5: are due since the first entry that they tell of, however many follow', () => {
    const receipts = createChannelReceipts();
    for (const [seq, now] of [
      [1, 1_000],
      [2, 1_400],
      [3, 2_000],
    ] as const) {
      receipts.add('e', seq as Sequence, entries(seq), now);
      expect(receipts.due()).toBe(1_000);
    }
  });

  it('L5: do not wait for a clock that was put back', () => {
    const receipts = createChannelReceipts();
    receipts.add('e', 1 as Sequence, entries(1), 3_600_000);
    receipts.take(3_600_000);
    receipts.add('e', 2 as Sequence, entries(2), 3_600_100);
    receipts.add('e', 3 as Sequence, entries(3), 0);
    expect(receipts.due()).toBe(250);
  });

  it('W4: leave less often in a crowd, where each costs a message for everybody', () => {
    const receipts = createChannelReceipts();
    for (let writer = 1; writer <= 50; writer += 1) {
      const session = `writer${String(writer).padStart(6, '0')}` as SessionId;
      receipts.add('e', writer as Sequence, [[writer as Sequence, session, 1]], 1_000);
    }
    expect(receipts.take(1_000).entries).toHaveLength(50);
    receipts.add('e', 51 as Sequence, entries(51), 1_010);
    expect(receipts.due()).toBe(1_000 + 50 * 25);
  });

  it('L5: one that did not arrive is due again', () => {
    const receipts = createChannelReceipts();
    receipts.add('e', 1 as Sequence, entries(1), 1_000);
    receipts.take(1_000);
    expect(receipts.waiting).toBe(false);
    receipts.putBack();
    expect([receipts.waiting, receipts.due()]).toEqual([true, 1_250]);
  });

  it('L5: name the newest entries, ascending and once, within what Pusher takes', () => {
    const receipts = createChannelReceipts();
    receipts.add('e', 9 as Sequence, entries(8, 9), 0);
    receipts.add('e', 7 as Sequence, entries(6, 7, 8), 0);
    expect(receipts.take(0)).toEqual({ epoch: 'e', head: 9, entries: entries(6, 7, 8, 9) });
    const many = Array.from({ length: 500 }, (_, index) => 4_000_000_000 + index);
    receipts.add('e', 4_000_000_499 as Sequence, entries(...many), 0);
    const receipt = receipts.take(0);
    expect(receipt.entries.at(-1)?.[0]).toBe(4_000_000_499);
    expect(JSON.stringify(receipt).length).toBeLessThan(10_000);
    receipts.add('another', 1 as Sequence, entries(1), 0);
    expect(receipts.take(0)).toEqual({ epoch: 'another', head: 1, entries: entries(1) });
  });
});
