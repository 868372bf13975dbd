import type { Point } from '@inkwire/core';
import type { Timers } from './notices.js';

/** A finger that rests asks for the menu. */
export interface LongPress {
  start(at: Point): void;
  move(to: Point): void;
  cancel(): void;
}

/** How long it rests (ms), and how far it may slip meanwhile (CSS pixels). */
const DURATION = 500;
const SLIP = 10;

export function createLongPress(timers: Timers, onPress: (at: Point) => void): LongPress {
  let timer: number | undefined;
  let start: Point = [0, 0];

  function cancel(): void {
    timers.clearTimeout(timer);
    timer = undefined;
  }

  return {
    start(at) {
      cancel();
      start = at;
      timer = timers.setTimeout(() => {
        timer = undefined;
        onPress(at);
      }, DURATION);
    },
    move(to) {
      if (timer !== undefined && Math.hypot(to[0] - start[0], to[1] - start[1]) > SLIP) cancel();
    },
    cancel,
  };
}
