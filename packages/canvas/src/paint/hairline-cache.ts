import type { Point, Polyline, StrokeElement } from '@inkwire/core';

/** A stroke as it is drawn from so far away that it is a plain line. */
export interface DistantStroke {
  /** Device pixels per page unit that it is thinned for. */
  readonly scale: number;
  /** Its first point, in its box. */
  readonly start: Point;
  /** Relative to `start`. */
  readonly lines: readonly Polyline[];
}

/** Bytes that are kept of all distant strokes together. */
const MOST_BYTES = 24 * 2 ** 20;
/** Of a stroke without its points. */
const OVERHEAD = 320;

/** In the order of their making. No WeakMap: with so many keys, every collection of garbage would go through them. */
const kept = new Map<StrokeElement, DistantStroke>();
let bytes = 0;

/** The stroke for `scale`, from `make` where it is not known: a stroke lies on several tiles, and tiles are repainted. */
export function distantStroke(
  stroke: StrokeElement,
  scale: number,
  make: () => Omit<DistantStroke, 'scale'>,
): DistantStroke {
  const known = kept.get(stroke);
  if (known?.scale === scale) return known;
  if (known !== undefined) drop(stroke, known);
  const made = { scale, ...make() };
  kept.set(stroke, made);
  bytes += sizeOf(made);
  for (const [oldest, what] of kept) {
    if (bytes <= MOST_BYTES) break;
    drop(oldest, what);
  }
  return made;
}

export function forgetDistantStrokes(): void {
  kept.clear();
  bytes = 0;
}

function drop(stroke: StrokeElement, what: DistantStroke): void {
  kept.delete(stroke);
  bytes -= sizeOf(what);
}

function sizeOf({ lines }: DistantStroke): number {
  return lines.reduce((sum, line) => sum + 8 * line.length, OVERHEAD);
}
