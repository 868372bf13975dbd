import { flattenPath, type Path, type Point, type ShapeElement } from '@inkwire/core';

/** Dashes and gaps of a line with round ends, which reach half its width into the gaps. */
export function dashesOf(dash: ShapeElement['dash'], width: number): readonly number[] {
  switch (dash) {
    case 'solid':
      return [];
    case 'dashed':
      return [width * 3 + 4, width * 2.5 + 4];
    case 'dotted':
      return [0.01, width * 2.2];
  }
}

/** Dashes stretched a little, so that a whole number of them goes around, or a line begins and ends with one. */
export function fitDashes(dashes: readonly number[], path: Path): readonly number[] {
  const [dash = 0, gap = 0] = dashes;
  const period = dash + gap;
  if (period === 0) return dashes;
  const [first, last] = [path[0]?.at(-1) as Point | undefined, path.at(-1)?.at(-1) as Point | undefined];
  if (first === undefined || last === undefined) return dashes;
  const isClosed = first[0] === last[0] && first[1] === last[1];
  const length = lengthOf(path);
  const count = Math.max(Math.round((isClosed ? length : length - dash) / period), 1);
  const stretch = length / (count * period + (isClosed ? 0 : dash));
  // A line that is shorter than a dash or two is better left as it is.
  return stretch > 0.5 && stretch < 2 ? [dash * stretch, gap * stretch] : dashes;
}

/** Paths never change; those of shapes live as long as their element. */
const lengths = new WeakMap<Path, number>();

function lengthOf(path: Path): number {
  const known = lengths.get(path);
  if (known !== undefined) return known;
  let length = 0;
  for (const line of flattenPath(path)) {
    for (let i = 2; i + 1 < line.length; i += 2) {
      length += Math.hypot((line[i] ?? 0) - (line[i - 2] ?? 0), (line[i + 1] ?? 0) - (line[i - 1] ?? 0));
    }
  }
  lengths.set(path, length);
  return length;
}
