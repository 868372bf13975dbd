import { expect, it, vi } from 'vitest';
import { createNotices, type Timers } from './notices.js';

/** One timer at most, which goes off when the test says so. */
function createTimers(): Timers & { readonly waiting: (() => void) | null; ms: number } {
  let waiting: (() => void) | null = null;
  return {
    ms: 0,
    get waiting() {
      return waiting;
    },
    setTimeout(callback, ms) {
      this.ms = ms;
      waiting = callback;
      return 1;
    },
    clearTimeout() {
      waiting = null;
    },
  };
}

it('shows one notice at a time, for a while, and longer where there is something to do', () => {
  const timers = createTimers();
  const onChange = vi.fn();
  const notices = createNotices(timers, onChange);
  notices.show('Locked.');
  const short = timers.ms;
  notices.show('Ben won.', { label: 'Keep mine', run() {} });
  expect(notices.current).toMatchObject({ text: 'Ben won.', action: { label: 'Keep mine' } });
  expect(timers.ms).toBeGreaterThan(short);
  timers.waiting?.();
  expect(notices.current).toBeNull();
  expect(onChange).toHaveBeenCalledTimes(3);
});

it('leaves no timer when it is dismissed', () => {
  const timers = createTimers();
  const notices = createNotices(timers, () => {});
  notices.show('Locked.');
  notices.dismiss();
  expect([notices.current, timers.waiting]).toEqual([null, null]);
});
