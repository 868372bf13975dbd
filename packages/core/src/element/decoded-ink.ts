import type { StrokeElement } from './element.js';
import { decodeInk, encodeInk, type Ink } from './ink.js';

const decoded = new WeakMap<Uint8Array, Ink>();
const NO_INK = decodeInk(encodeInk([]));

/** The points of a stroke, decoded once for each ink. Ink that cannot be read has no points. */
export const inkOf = (stroke: StrokeElement): Ink => {
  let ink = decoded.get(stroke.ink);
  if (ink === undefined) {
    try {
      ink = decodeInk(stroke.ink);
    } catch {
      ink = NO_INK;
    }
    decoded.set(stroke.ink, ink);
  }
  return ink;
};
