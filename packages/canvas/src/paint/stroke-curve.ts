import { inkOf, type StrokeElement } from '@inkwire/core';
import type { InkCurve } from './ink-outline.js';

/**
 * The stroke's ink relative to the top left corner of its box: as it was drawn, or scaled and mirrored to the size
 * that it has now. Its line keeps its width.
 */
export function strokeCurve(stroke: StrokeElement): InkCurve {
  const ink = inkOf(stroke);
  const { size, inkSize } = stroke;
  if (size[0] === inkSize[0] && size[1] === inkSize[1]) return ink;
  return {
    length: ink.length,
    x: stretch(ink.x, size[0], inkSize[0]),
    y: stretch(ink.y, size[1], inkSize[1]),
    pressure: ink.pressure,
  };
}

function stretch(values: Float64Array, size: number, inkSize: number): Float64Array {
  const factor = inkSize === 0 ? 1 : size / inkSize;
  // A negative size is the same box seen in a mirror.
  const offset = size < 0 ? -size : 0;
  return values.map((value) => value * factor + offset);
}
