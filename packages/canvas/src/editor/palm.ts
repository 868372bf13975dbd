/** Tells the hand that rests on the screen from the finger that means something. */
export interface PalmRejection {
  /** A pen touched the board at `time` (ms, as events count). */
  notePen(time: number): void;
  /** Whether a touch is no finger: a pen is or was just in use, or the contact is as large as a hand. */
  isPalm(touch: { readonly width: number; readonly height: number; readonly timeStamp: number }): boolean;
  /** Once somebody draws with a pen, fingers only move the page. */
  readonly hasPen: boolean;
}

/** A hand comes down and leaves again around the strokes of a pen (ms). */
const PEN_SHADOW = 500;
/** The smallest contact of a palm in CSS pixels; fingertips stay below it. */
const PALM_SIZE = 70;

export function createPalmRejection(): PalmRejection {
  let lastPen = Number.NEGATIVE_INFINITY;
  return {
    notePen(time) {
      lastPen = time;
    },
    isPalm({ width, height, timeStamp }) {
      return timeStamp - lastPen < PEN_SHADOW || Math.max(width, height) >= PALM_SIZE;
    },
    get hasPen() {
      return lastPen !== Number.NEGATIVE_INFINITY;
    },
  };
}
