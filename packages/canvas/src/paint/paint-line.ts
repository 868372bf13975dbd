import { type LineElement, mapPath, type Path, type Point, pathAlong, pathOfLine } from '@inkwire/core';
import { dashesOf } from './dashes.js';
import { LARGEST_OVERREACH } from './paint-bounds.js';
import type { PaintContext } from './paint-context.js';
import type { Surface } from './surface.js';
import { adaptColor, adaptFill } from './theme.js';

/** How long a head is: in widths of its line, at least, and at most, in page units. */
const HEAD_WIDTHS = 4.5;
const SMALLEST_HEAD = 9;
const LARGEST_HEAD = 2 * LARGEST_OVERREACH;

/** Lines and arrows: the way from outline to outline of what they are bound to, with a head at either end. */
export function paintLine(surface: Surface, line: LineElement, { theme, fade, find }: PaintContext): void {
  const onPage = pathOfLine(line, find);
  // Relative to the line's own place: far from the origin, canvases lack the digits.
  const path = mapPath([1, 0, 0, 1, -line.position[0], -line.position[1]], onPage);
  const fill = {
    color: adaptColor(line.color, theme),
    opacity: line.opacity * fade,
    blend: 'normal',
  } as const;
  surface.place({ position: line.position, size: [0, 0], rotation: 0 });
  if (line.fill !== 'none') surface.fillPath(path, { ...fill, color: adaptFill(line.fill, theme) });
  if (line.width === 0) return;
  surface.strokePath(path, { width: line.width, dashes: dashesOf(line.dash, line.width) }, fill);
  const length = Math.min(Math.max(HEAD_WIDTHS * line.width, SMALLEST_HEAD), LARGEST_HEAD);
  const ends = [
    { head: line.startHead, tip: path[0]?.at(-1) as Point | undefined, from: pointAfterStart(path) },
    { head: line.endHead, tip: path.at(-1)?.at(-1) as Point | undefined, from: pointBeforeEnd(path) },
  ];
  for (const { head, tip, from } of ends) {
    if (head === 'none' || tip === undefined || from === undefined) continue;
    const { path: shape, filled } = headPath(head, tip, from, length);
    if (filled) surface.fillPath(shape, fill);
    surface.strokePath(shape, { width: line.width, dashes: [] }, fill);
  }
}

/** The point that a path leaves its first one towards. */
function pointAfterStart(path: Path): Point | undefined {
  return path[1]?.[1];
}

/** The point from which a path comes to its last one. */
function pointBeforeEnd(path: Path): Point | undefined {
  const last = path.at(-1);
  return last?.[0] === 'curve' ? last[2] : (path.at(-2)?.at(-1) as Point | undefined);
}

type Head = Exclude<LineElement['endHead'], 'none'>;

/** A head whose tip is at `tip` and that looks away from `from`. */
export function headPath(
  head: Head,
  tip: Point,
  from: Point,
  length: number,
): { readonly path: Path; readonly filled: boolean } {
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1;
  const [ux, uy] = [(tip[0] - from[0]) / distance, (tip[1] - from[1]) / distance];
  /** `back` along the line away from the tip, `aside` to its right, both in lengths of the head. */
  const at = (back: number, aside: number): Point => [
    tip[0] - (back * ux + aside * uy) * length,
    tip[1] - (back * uy - aside * ux) * length,
  ];
  switch (head) {
    case 'arrow':
      return { path: pathAlong([at(0.9, 0.5), at(0, 0), at(0.9, -0.5)]), filled: false };
    case 'triangle':
      return { path: pathAlong([at(0, 0), at(1, 0.5), at(1, -0.5)], true), filled: true };
    case 'diamond':
      return { path: pathAlong([at(0, 0), at(0.6, 0.4), at(1.2, 0), at(0.6, -0.4)], true), filled: true };
    case 'bar':
      return { path: pathAlong([at(0, 0.5), at(0, -0.5)]), filled: false };
    case 'dot': {
      const corners = Array.from({ length: 16 }, (_, i): Point => {
        const angle = (i / 16) * 2 * Math.PI;
        return at(0.35 + 0.35 * Math.cos(angle), 0.35 * Math.sin(angle));
      });
      return { path: pathAlong(corners, true), filled: true };
    }
  }
}
