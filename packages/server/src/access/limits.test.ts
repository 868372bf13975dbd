import { describe, expect, it } from 'vitest';
import { createLimitGate, DEFAULT_LIMITS } from './limits.js';

const LIMITS = { ...DEFAULT_LIMITS, entriesPerSecond: 10, bytesPerSecond: 1_000, openBoards: 2 };

describe('limits', () => {
  it('S4: let ten seconds’ worth through at once, then say how long to wait', () => {
    let now = 0;
    const gate = createLimitGate(LIMITS, () => now);
    gate.append('ana', 100, 10);
    expect(() => gate.append('ana', 1, 1)).toThrow(
      expect.objectContaining({ code: 'rate', details: { retryAfterSeconds: 1 } }),
    );
    gate.append('ben', 100, 10);
    now += 1_000;
    gate.append('ana', 10, 10);
    expect(() => gate.append('ana', 1, 1)).toThrow(expect.objectContaining({ code: 'rate' }));
  });

  it('S4: a request larger than the limit is taken once, and paid back in waiting', () => {
    let now = 0;
    const gate = createLimitGate(LIMITS, () => now);
    gate.append('ana', 1, 25_000);
    expect(() => gate.append('ana', 1, 1)).toThrow(
      expect.objectContaining({ details: { retryAfterSeconds: 16 } }),
    );
    now += 16_000;
    gate.append('ana', 1, 1);
  });

  it('S4: folds are paid for by the length of what is folded, apart from appends', () => {
    let now = 0;
    const gate = createLimitGate({ ...LIMITS, foldedBytesPerSecond: 100 }, () => now);
    gate.fold('ana', 999);
    gate.fold('ana', 500);
    expect(() => gate.fold('ana', 1)).toThrow(
      expect.objectContaining({ code: 'rate', details: { retryAfterSeconds: 5 } }),
    );
    gate.append('ana', 1, 1);
    gate.fold('ben', 1);
    now += 5_000;
    gate.fold('ana', 1);
  });

  it('S4: an answer counts until it has ended', () => {
    const gate = createLimitGate({ ...LIMITS, openReads: 2 }, () => 0);
    const [end] = [gate.read('ana'), gate.read('ana')];
    expect(() => gate.read('ana')).toThrow(expect.objectContaining({ code: 'rate' }));
    gate.read('ben');
    end?.();
    gate.read('ana');
    expect(() => gate.read('ana')).toThrow(expect.objectContaining({ code: 'rate' }));
  });

  it('S4: boards count as open for five minutes', () => {
    let now = 0;
    const gate = createLimitGate(LIMITS, () => now);
    gate.open('ana', 'a');
    gate.open('ana', 'b');
    gate.open('ana', 'a');
    expect(() => gate.open('ana', 'c')).toThrow(expect.objectContaining({ code: 'rate' }));
    now += 5 * 60_000 + 1;
    gate.open('ana', 'c');
  });
});
