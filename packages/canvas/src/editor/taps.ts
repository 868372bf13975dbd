import type { Point } from '@inkwire/core';

/** Finds out which presses are double clicks, whatever the device. */
export interface Taps {
  /**
   * A press ended; returns whether it was the second of two.
   *
   * @param at where it ended, CSS pixels.
   * @param travel how far it was from where it began, at its farthest.
   */
  note(
    event: { readonly timeStamp: number; readonly pointerType: string },
    at: Point,
    travel: number,
  ): boolean;
}

/** The second press of a double click begins no later (ms). */
const INTERVAL = 450;
/** How far a press may move, and a second one may be from the first, in CSS pixels. */
const SLIP = 6;
const FINGER_SLIP = 24;

export function createTaps(): Taps {
  let last: { readonly time: number; readonly at: Point } | null = null;
  return {
    note({ timeStamp, pointerType }, at, travel) {
      const slip = pointerType === 'touch' ? FINGER_SLIP : SLIP;
      const before = last;
      last = null;
      if (travel > slip) return false;
      if (before !== null && timeStamp - before.time <= INTERVAL && distance(before.at, at) <= slip)
        return true;
      last = { time: timeStamp, at };
      return false;
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
