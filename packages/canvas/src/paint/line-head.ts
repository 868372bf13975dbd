import { type LineElement, type Path, type Point, pathAlong } from '@inkwire/core';

export type Head = Exclude<LineElement['endHead'], 'none'>;

/** What a head looks like: an outline that is filled, or lines that are drawn as the line itself is. */
export interface HeadFigure {
  readonly path: Path;
  readonly filled: boolean;
  /** How far from its tip the line ends under it, in page units. */
  readonly inset: number;
}

/** A head of that length whose tip is at `tip` and that looks away from `from`. */
export function headFigure(head: Head, tip: Point, from: Point, length: number): HeadFigure {
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1;
  const [ux, uy] = [(tip[0] - from[0]) / distance, (tip[1] - from[1]) / distance];
  /** `back` along the line away from the tip, `aside` to its right, both in lengths of the head. */
  const at = (back: number, aside: number): Point => [
    tip[0] - (back * ux + aside * uy) * length,
    tip[1] - (back * uy - aside * ux) * length,
  ];
  switch (head) {
    case 'arrow':
      return { path: pathAlong([at(0.9, 0.5), at(0, 0), at(0.9, -0.5)]), filled: false, inset: 0 };
    case 'triangle':
      return {
        path: pathAlong([at(0, 0), at(1, 0.5), at(1, -0.5)], true),
        filled: true,
        inset: 0.7 * length,
      };
    case 'diamond':
      return {
        path: pathAlong([at(0, 0), at(0.6, 0.4), at(1.2, 0), at(0.6, -0.4)], true),
        filled: true,
        inset: 0.7 * length,
      };
    case 'bar':
      return { path: pathAlong([at(0, 0.5), at(0, -0.5)]), filled: false, inset: 0 };
    case 'dot': {
      const corners = Array.from({ length: 24 }, (_, i): Point => {
        const angle = (i / 24) * 2 * Math.PI;
        return at(0.35 + 0.35 * Math.cos(angle), 0.35 * Math.sin(angle));
      });
      return { path: pathAlong(corners, true), filled: true, inset: 0.35 * length };
    }
  }
}

/** The path without its last `inset` page units, or as many as its last step has. */
export function trimEnd(path: Path, inset: number): Path {
  const last = path.at(-1);
  const from = path.at(-2)?.at(-1) as Point | undefined;
  if (inset === 0 || last === undefined || from === undefined || last[0] === 'move') return path;
  const tip = last.at(-1) as Point;
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
  const part = Math.max(1 - inset / Math.max(length, 1e-9), 0);
  if (last[0] === 'line') return [...path.slice(0, -1), ['line', between(from, tip, part)]];
  // The first part of a Bézier curve, by de Casteljau; near its end it is nearly straight.
  const [, first, second] = last;
  const [a, b, c] = [between(from, first, part), between(first, second, part), between(second, tip, part)];
  const [d, e] = [between(a, b, part), between(b, c, part)];
  return [...path.slice(0, -1), ['curve', a, d, between(d, e, part)]];
}

/** The same way from the other end. */
export function reversePath(path: Path): Path {
  const reversed: Path[number][] = [];
  for (let i = path.length - 1; i >= 0; i--) {
    const step = path[i] as Path[number];
    const from = path[i - 1]?.at(-1) as Point | undefined;
    if (reversed.length === 0) reversed.push(['move', step.at(-1) as Point]);
    if (from === undefined) break;
    if (step[0] === 'curve') reversed.push(['curve', step[2], step[1], from]);
    else reversed.push(['line', from]);
  }
  return reversed;
}

function between(a: Point, b: Point, part: number): Point {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}
