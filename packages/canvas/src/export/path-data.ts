import type { Path } from '@inkwire/core';
import type { PathSink } from '../paint/ink-outline.js';

/** Enough digits for a thousandth of a page unit, and no more. */
export function short(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}

/** The data of an SVG path, written as it is traced. */
export function createPathData(): PathSink & { readonly text: string } {
  const steps: string[] = [];
  return {
    get text() {
      return steps.join('');
    },
    moveTo(x, y) {
      steps.push(`M${short(x)} ${short(y)}`);
    },
    quadraticCurveTo(controlX, controlY, x, y) {
      steps.push(`Q${short(controlX)} ${short(controlY)} ${short(x)} ${short(y)}`);
    },
    closePath() {
      steps.push('Z');
    },
  };
}

export function pathData(path: Path): string {
  const letters = { move: 'M', line: 'L', curve: 'C' } as const;
  return path
    .map(([kind, ...points]) => letters[kind] + points.map(([x, y]) => `${short(x)} ${short(y)}`).join(' '))
    .join('');
}
