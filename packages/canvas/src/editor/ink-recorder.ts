import type { InkPoint } from '@inkwire/core';
import type { PointerSample } from './tool.js';

/** What ink keeps of a pointer's sample. */
export type InkSample = Pick<PointerSample, 'point' | 'pressure'>;

/** Collects a stroke's points exactly as they will be stored, so that live ink and committed ink are the same. */
export interface InkRecorder {
  /** Grows; page coordinates. */
  readonly points: readonly InkPoint[];
  add(sample: InkSample): void;
  /** As `add` would take it in, without keeping it. */
  quantise(sample: InkSample): InkPoint;
}

/** Ink stores pressure in this many steps. */
const PRESSURE_STEPS = 256;
const COARSEST_QUANTUM = 1 / 16;

/** A sixteenth of a CSS pixel on the screen, as a power of two; never coarser than a sixteenth of a page unit. */
export function quantumAt(zoom: number): number {
  return Math.min(COARSEST_QUANTUM, 2 ** Math.floor(Math.log2(COARSEST_QUANTUM / zoom)));
}

/** @param measured whether pressure matters to the tool; if not, it is not stored. */
export function createInkRecorder(quantum: number, measured: boolean): InkRecorder {
  const points: InkPoint[] = [];

  function quantise(sample: InkSample): InkPoint {
    const [x, y] = sample.point;
    // Adding zero turns minus zero into zero, which is what comes back from bytes.
    const rounded = { x: Math.round(x / quantum) * quantum + 0, y: Math.round(y / quantum) * quantum + 0 };
    // A pen that is being lifted measures nothing more; its line goes on as it was.
    const pressure = sample.pressure ?? points.at(-1)?.pressure;
    if (!measured || pressure === undefined) return rounded;
    return { ...rounded, pressure: Math.round(pressure * PRESSURE_STEPS) / PRESSURE_STEPS };
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
