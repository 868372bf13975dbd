import type { Point } from '@inkwire/core';

/** Finds out which presses are double clicks, whatever the device. */
export interface Taps {
  /** A press ended; returns whether it was the second of two. Points are in CSS pixels. */
  note(event: { readonly timeStamp: number; readonly pointerType: string }, from: Point, to: Point): boolean;
}

/** The second press of a double click begins no later (ms). */
const INTERVAL = 450;
/** How far a press may move, and a second one may be from the first, in CSS pixels. */
const SLIP = 6;
const FINGER_SLIP = 24;

export function createTaps(): Taps {
  let last: { readonly time: number; readonly at: Point } | null = null;
  return {
    note({ timeStamp, pointerType }, from, to) {
      const slip = pointerType === 'touch' ? FINGER_SLIP : SLIP;
      const before = last;
      last = null;
      if (distance(from, to) > slip) return false;
      if (before !== null && timeStamp - before.time <= INTERVAL && distance(before.at, to) <= slip)
        return true;
      last = { time: timeStamp, at: to };
      return false;
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
