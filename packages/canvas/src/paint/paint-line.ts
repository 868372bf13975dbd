import {
  type Box,
  growBox,
  type LineElement,
  labelOf,
  mapPath,
  type Path,
  type Point,
  pathOfLine,
  type TextElement,
} from '@inkwire/core';
import { dashesOf, fitDashes } from './dashes.js';
import { type HeadFigure, headFigure, reversePath, trimEnd } from './line-head.js';
import { gapOf } from './line-label.js';
import { LARGEST_OVERREACH } from './paint-bounds.js';
import type { PaintContext } from './paint-context.js';
import { paintText } from './paint-text.js';
import { pathAround } from './path-gap.js';
import type { Fill, Surface } from './surface.js';
import type { Measure } from './text-measure.js';
import { adaptColor, adaptFill } from './theme.js';

/** How long a head is: in widths of its line, at least, and at most, in page units. */
const HEAD_WIDTHS = 4.5;
const SMALLEST_HEAD = 9;
const LARGEST_HEAD = 2 * LARGEST_OVERREACH;

/**
 * Lines and arrows: the way from outline to outline of what they are bound to, with a head at either end, and a gap in the
 * middle for what is written on them.
 */
export function paintLine(surface: Surface, line: LineElement, context: PaintContext): void {
  const { theme, fade, find } = context;
  const onPage = pathOfLine(line, find);
  // Relative to the line's own place: far from the origin, canvases lack the digits.
  const path = mapPath([1, 0, 0, 1, -line.position[0], -line.position[1]], onPage);
  const fill: Fill = {
    color: adaptColor(line.color, theme),
    opacity: line.opacity * fade,
    blend: 'normal',
  };
  surface.place({ position: line.position, size: [0, 0], rotation: 0 });
  if (line.fill !== 'none') surface.fillPath(path, { ...fill, color: adaptFill(line.fill, theme) });
  if (line.width > 0) paintWay(surface, line, path, fill, context);
  if (line.text.length === 0) return;
  const label = labelOf(line, find);
  surface.place(label);
  paintText(surface, label, fill.color, context);
}

function paintWay(
  surface: Surface,
  line: LineElement,
  path: Path,
  fill: Fill,
  { find, resources }: PaintContext,
): void {
  const end = headAt(line.endHead, path, line.width);
  const start = headAt(line.startHead, reversePath(path), line.width);
  const way = reversePath(trimEnd(reversePath(trimEnd(path, end?.inset ?? 0)), start?.inset ?? 0));
  const dashes = fitDashes(dashesOf(line.dash, line.width), way);
  surface.strokePath(
    line.text.length === 0 ? way : pathAround(way, gapIn(line, labelOf(line, find), resources?.measure)),
    { width: line.width, dashes },
    fill,
  );
  const pen = { width: line.width, dashes: [] };
  for (const head of [start, end]) {
    if (head === null) continue;
    if (head.filled) surface.fillPath(head.path, fill);
    // What can be seen through must not lie on itself: only opaque heads get round corners.
    if (!head.filled || fill.opacity === 1) surface.strokePath(head.path, pen, fill);
  }
}

/** The gap for a label, relative to the line's own place; the line's ends are round. */
function gapIn({ position: [x, y], width }: LineElement, label: TextElement, measure?: Measure): Box {
  const { minX, minY, maxX, maxY } = growBox(gapOf(label, measure), width / 2);
  return { minX: minX - x, minY: minY - y, maxX: maxX - x, maxY: maxY - y };
}

/** The head at the end of a path. */
function headAt(head: LineElement['endHead'], path: Path, width: number): HeadFigure | null {
  const last = path.at(-1);
  const tip = last?.at(-1) as Point | undefined;
  const from = last?.[0] === 'curve' ? last[2] : (path.at(-2)?.at(-1) as Point | undefined);
  if (head === 'none' || tip === undefined || from === undefined) return null;
  const length = Math.min(Math.max(HEAD_WIDTHS * width, SMALLEST_HEAD), LARGEST_HEAD);
  return headFigure(head, tip, from, length);
}
