import { DEFAULT_QUANTUM, type InkPoint, roundInkPoint } from '@inkwire/core';
import type { PointerSample } from './tool.js';

/** What ink keeps of a pointer's sample. */
export type InkSample = Pick<PointerSample, 'point' | 'pressure' | 'tilt'>;

/** Collects a stroke's points exactly as they will be stored, so that live ink and committed ink are the same. */
export interface InkRecorder {
  /** Grows; page coordinates. */
  readonly points: readonly InkPoint[];
  add(sample: InkSample): void;
  /** As `add` would take it in, without keeping it. */
  quantise(sample: InkSample): InkPoint;
}

/** A sixteenth of a CSS pixel on the screen, as a power of two; never coarser than what ink has by itself. */
export function quantumAt(zoom: number): number {
  return Math.min(DEFAULT_QUANTUM, 2 ** Math.floor(Math.log2(1 / 16 / zoom)));
}

/** @param measured whether pressure and tilt matter to the tool; if not, they are not stored. */
export function createInkRecorder(quantum: number, measured: boolean): InkRecorder {
  const points: InkPoint[] = [];

  function quantise(sample: InkSample): InkPoint {
    const [x, y] = sample.point;
    // A pen that is being lifted measures nothing more; its line goes on as it was.
    const last = points.at(-1);
    const pressure = sample.pressure ?? last?.pressure;
    const [tiltX, tiltY] = sample.tilt ?? [last?.tiltX, last?.tiltY];
    return roundInkPoint(measured ? { x, y, pressure, tiltX, tiltY } : { x, y }, quantum);
  }

  return {
    points,
    quantise,
    add(sample) {
      const point = quantise(sample);
      const last = points.at(-1);
      // A pointer that rests adds nothing, except that it may press harder.
      if (last?.x === point.x && last.y === point.y) {
        if ((point.pressure ?? 0) > (last.pressure ?? 0)) points[points.length - 1] = point;
        return;
      }
      points.push(point);
    },
  };
}
