import type { Ink, InkPoint } from '@inkwire/core';

/** Degrees from upright: so far a pen is held to write, and from there on its side lies on the paper. */
const WRITING = 50;
const LYING = 80;
/** What a pen that lies on the paper gains, of the pressure that it lacks. */
const GAIN = 0.7;

/** The pressure that a point is drawn with: a pen that is held flat draws broadly, as the side of a pencil does. */
export function drawnPressure({ pressure = 0.5, tiltX = 0, tiltY = 0 }: Omit<InkPoint, 'x' | 'y'>): number {
  if (tiltX === 0 && tiltY === 0) return pressure;
  const tilt = Math.atan(Math.hypot(tangent(tiltX), tangent(tiltY))) / DEGREE;
  const part = Math.min(Math.max((tilt - WRITING) / (LYING - WRITING), 0), 1);
  return pressure + (1 - pressure) * GAIN * part;
}

/** The same for all points of a stroke, in doubles as it was drawn; null where the pen measured no pressure. */
export function drawnPressures({ length, pressure, tiltX, tiltY }: Ink): ArrayLike<number> | null {
  if (pressure === null || tiltX === null || tiltY === null) return pressure;
  return Float64Array.from({ length }, (_, i) =>
    drawnPressure({ pressure: pressure[i], tiltX: tiltX[i], tiltY: tiltY[i] }),
  );
}

const DEGREE = Math.PI / 180;

function tangent(degrees: number): number {
  return Math.tan(degrees * DEGREE);
}
