import type { LiveInk, Point, Range } from '@inkwire/core';
import { hairlines, isHairline } from './hairline.js';
import type { DistantStroke } from './hairline-cache.js';
import type { InkCurve, Outline } from './ink-outline.js';
import type { Fill, Surface } from './surface.js';
import { adaptColor, type Theme } from './theme.js';

/** Ink ready to be painted. */
export interface InkFigure {
  readonly curve: InkCurve;
  /** What was erased of it. */
  readonly cuts: readonly Range[];
  /** What it covers, made when it is first needed. */
  readonly outline: () => Outline;
}

/** How ink is painted: of a stroke, or of one that is still being drawn. */
export type InkStyle = Pick<LiveInk, 'tool' | 'color' | 'width' | 'opacity'>;

/** Paints ink whose first point is at `start` of the surface's placement: live ink and committed ink alike. */
export function paintInk(
  surface: Surface,
  { curve, cuts, outline }: InkFigure,
  style: InkStyle,
  start: Point,
  theme: Theme,
): void {
  const { width } = style;
  const fill = fillOf(style, theme);
  if (isHairline(width, surface.scale)) {
    surface.strokeLines(hairlines(curve, cuts, surface.scale), start, width, fill);
  } else {
    surface.fillOutline(outline(), start, fill);
  }
}

/** The same for ink that is known to be a hairline, thinned before. */
export function paintDistantInk(
  surface: Surface,
  { start, lines }: DistantStroke,
  style: InkStyle,
  theme: Theme,
): void {
  surface.strokeLines(lines, start, style.width, fillOf(style, theme));
}

function fillOf({ tool, color, opacity }: InkStyle, theme: Theme): Fill {
  return { color: adaptColor(color, theme), opacity, blend: tool === 'highlighter' ? 'marker' : 'normal' };
}
