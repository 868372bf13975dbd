import type { Box } from '@inkwire/core';
import type { Mark } from './mark.js';

/** How far something has to move to be aligned, and what shows that it is. */
export interface Snap {
  readonly dx: number;
  readonly dy: number;
  readonly marks: readonly Mark[];
}

/** Which of its lines a box may be aligned by. */
export interface SnapLines {
  readonly x: readonly ('min' | 'middle' | 'max')[];
  readonly y: readonly ('min' | 'middle' | 'max')[];
}

export const ALL_LINES: SnapLines = { x: ['min', 'middle', 'max'], y: ['min', 'middle', 'max'] };

/** Nearer than this, in page units, is the same place: boards keep coordinates in 64ths. */
const SAME = 1 / 32;

/**
 * The nearest way to move `box` so that its edges or middle are in line with those of `others`, or so that the gaps
 * between it and its neighbours are equal.
 *
 * @param reach how far it may be moved, page units.
 */
export function snapBox(box: Box, others: readonly Box[], reach: number, lines: SnapLines = ALL_LINES): Snap {
  const dx = nearest('x', box, others, reach, lines);
  const dy = nearest('y', box, others, reach, lines);
  const snapped = move(box, dx ?? 0, dy ?? 0);
  return {
    dx: dx ?? 0,
    dy: dy ?? 0,
    marks: [
      ...(dx === null ? [] : marksOf('x', snapped, others, lines)),
      ...(dy === null ? [] : marksOf('y', snapped, others, lines)),
    ],
  };
}

/** To the grid with lines every `grid` page units: the box's first line of each axis. */
export function snapToGrid(box: Box, grid: number, lines: SnapLines = ALL_LINES): Snap {
  const offset = (axis: Axis): number => {
    const [line] = lines[axis];
    if (line === undefined) return 0;
    const at = lineOf(span(box, axis), line);
    return Math.round(at / grid) * grid - at;
  };
  return { dx: offset('x'), dy: offset('y'), marks: [] };
}

type Axis = 'x' | 'y';
interface Span {
  readonly min: number;
  readonly max: number;
}

function span(box: Box, axis: Axis): Span {
  return axis === 'x' ? { min: box.minX, max: box.maxX } : { min: box.minY, max: box.maxY };
}

function move({ minX, minY, maxX, maxY }: Box, dx: number, dy: number): Box {
  return { minX: minX + dx, minY: minY + dy, maxX: maxX + dx, maxY: maxY + dy };
}

function lineOf({ min, max }: Span, line: 'min' | 'middle' | 'max'): number {
  return line === 'middle' ? (min + max) / 2 : line === 'min' ? min : max;
}

function nearest(
  axis: Axis,
  box: Box,
  others: readonly Box[],
  reach: number,
  lines: SnapLines,
): number | null {
  const own = span(box, axis);
  const offsets = others.flatMap((other) =>
    lines[axis].flatMap((line) =>
      ALL_LINES[axis].map((theirs) => lineOf(span(other, axis), theirs) - lineOf(own, line)),
    ),
  );
  // Gaps are between whole boxes: an edge that is being pulled has none.
  if (lines[axis].length === 3) offsets.push(...gapsFor(axis, box, others).map(({ offset }) => offset));
  let best: number | null = null;
  for (const offset of offsets) {
    if (Math.abs(offset) <= reach && (best === null || Math.abs(offset) < Math.abs(best))) best = offset;
  }
  return best;
}

interface EqualGap {
  readonly offset: number;
  /** The gaps that are equal then. */
  readonly gaps: readonly Span[];
}

/** The ways to move a box along an axis so that the gaps to its neighbours in the same row are equal. */
function gapsFor(axis: Axis, box: Box, others: readonly Box[]): EqualGap[] {
  const across = axis === 'x' ? 'y' : 'x';
  const own = span(box, axis);
  const row = others
    .filter((other) => meet(span(other, across), span(box, across)))
    .map((other) => span(other, axis));
  const before = row
    .filter(({ max }) => max <= own.min + (own.max - own.min) / 2)
    .sort((a, b) => b.max - a.max);
  const after = row
    .filter(({ min }) => min >= own.max - (own.max - own.min) / 2)
    .sort((a, b) => a.min - b.min);
  const [left, right] = [before[0], after[0]];
  const size = own.max - own.min;
  const found: EqualGap[] = [];
  if (left !== undefined && right !== undefined && right.min - left.max >= size) {
    const gap = (right.min - left.max - size) / 2;
    found.push({
      offset: left.max + gap - own.min,
      gaps: [
        { min: left.max, max: left.max + gap },
        { min: right.min - gap, max: right.min },
      ],
    });
  }
  const further = before.find(({ max }) => left !== undefined && max <= left.min);
  if (left !== undefined && further !== undefined) {
    const gap = left.min - further.max;
    found.push({
      offset: left.max + gap - own.min,
      gaps: [
        { min: further.max, max: left.min },
        { min: left.max, max: left.max + gap },
      ],
    });
  }
  const beyond = after.find(({ min }) => right !== undefined && min >= right.max);
  if (right !== undefined && beyond !== undefined) {
    const gap = beyond.min - right.max;
    found.push({
      offset: right.min - gap - own.max,
      gaps: [
        { min: right.min - gap, max: right.min },
        { min: right.max, max: beyond.min },
      ],
    });
  }
  return found.filter(({ gaps }) => gaps.every(({ min, max }) => max - min > SAME));
}

function meet(a: Span, b: Span): boolean {
  return a.min < b.max && a.max > b.min;
}

/** What shows how a box that was moved into place is aligned: the lines that it shares, or the gaps that are equal. */
function marksOf(axis: Axis, box: Box, others: readonly Box[], lines: SnapLines): Mark[] {
  const across = axis === 'x' ? 'y' : 'x';
  const own = span(box, axis);
  const guides = new Map<number, Span>();
  for (const line of lines[axis]) {
    const at = lineOf(own, line);
    for (const other of others) {
      if (!ALL_LINES[axis].some((each) => Math.abs(lineOf(span(other, axis), each) - at) < SAME)) continue;
      const reached = guides.get(at) ?? span(box, across);
      const theirs = span(other, across);
      guides.set(at, { min: Math.min(reached.min, theirs.min), max: Math.max(reached.max, theirs.max) });
    }
  }
  const marks = [...guides].map(([at, { min, max }]): Mark => {
    return axis === 'x'
      ? { kind: 'guide', from: [at, min], to: [at, max] }
      : { kind: 'guide', from: [min, at], to: [max, at] };
  });
  if (marks.length > 0 || lines[axis].length < 3) return marks;
  const level = lineOf(span(box, across), 'middle');
  const equal = gapsFor(axis, box, others).find(({ offset }) => Math.abs(offset) < SAME);
  return (equal?.gaps ?? []).map(({ min, max }): Mark => {
    return axis === 'x'
      ? { kind: 'gap', from: [min, level], to: [max, level] }
      : { kind: 'gap', from: [level, min], to: [level, max] };
  });
}
