import {
  type Box,
  boxAround,
  boxesMeet,
  flattenPath,
  type Path,
  type PathStep,
  type Point,
} from '@inkwire/core';

/** What of a path lies outside of a box; a part of it begins anew behind the box. */
export function pathAround(path: Path, box: Box): Path {
  const outside: PathStep[] = [];
  let at: Point | null = null;
  let drawnTo: Point | null = null;

  const draw = (from: Point, step: PathStep): void => {
    if (drawnTo === null || drawnTo[0] !== from[0] || drawnTo[1] !== from[1]) outside.push(['move', from]);
    outside.push(step);
    drawnTo = step.at(-1) as Point;
  };

  const drawLine = (from: Point, to: Point): void => {
    const inside = partInside(from, to, box);
    if (inside === null) {
      draw(from, ['line', to]);
      return;
    }
    const [enter, leave] = inside;
    if (enter > 0) draw(from, ['line', between(from, to, enter)]);
    if (leave < 1) draw(between(from, to, leave), ['line', to]);
  };

  for (const step of path) {
    const to = step.at(-1) as Point;
    if (at !== null && step[0] === 'line') drawLine(at, to);
    else if (at !== null && step[0] === 'curve') {
      // A curve lies between its control points.
      if (!boxesMeet(boxAround([at, step[1], step[2], to]), box)) draw(at, step);
      else for (const [from, next] of chordsOf(at, step)) drawLine(from, next);
    }
    at = to;
  }
  return outside;
}

function* chordsOf(from: Point, curve: PathStep): Iterable<readonly [from: Point, to: Point]> {
  const [line = new Float64Array()] = flattenPath([['move', from], curve]);
  for (let i = 0; i + 3 < line.length; i += 2)
    yield [
      [line[i] as number, line[i + 1] as number],
      [line[i + 2] as number, line[i + 3] as number],
    ];
}

/** From where to where, as parts of the way, a straight line runs through a box; null where it passes by it (Liang and Barsky). */
function partInside(
  [x, y]: Point,
  [toX, toY]: Point,
  { minX, minY, maxX, maxY }: Box,
): readonly [enter: number, leave: number] | null {
  let [enter, leave] = [0, 1];
  for (const [from, way, low, high] of [
    [x, toX - x, minX, maxX],
    [y, toY - y, minY, maxY],
  ] as const) {
    if (way === 0) {
      if (from <= low || from >= high) return null;
      continue;
    }
    const [a, b] = [(low - from) / way, (high - from) / way];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave ? [enter, leave] : null;
}

function between(a: Point, b: Point, part: number): Point {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}
