import { describe, expect, it } from 'vitest';
import { createBackoff } from './backoff.js';

describe('backoff', () => {
  it('waits 1, 2, 4 … 30 s, and starts again after a success', () => {
    const backoff = createBackoff();
    expect(Array.from({ length: 7 }, () => backoff.failed() / 1_000)).toEqual([1, 2, 4, 8, 16, 30, 30]);
    backoff.succeeded();
    expect(backoff.failed()).toBe(1_000);
  });
});
