import type { LiveInk, Point, Polyline } from '@inkwire/core';
import type { Outline } from './ink-outline.js';
import type { Fill, Surface } from './surface.js';
import { adaptColor, type Theme } from './theme.js';

/** How ink is painted: of a stroke, or of one that is still being drawn. */
export type InkStyle = Pick<LiveInk, 'tool' | 'color' | 'width' | 'opacity'>;

/** Paints ink whose first point is at `start` of the surface's placement: live ink and committed ink alike. */
export function paintInk(
  surface: Surface,
  outline: Outline,
  style: InkStyle,
  start: Point,
  theme: Theme,
): void {
  surface.fillOutline(outline, start, fillOf(style, theme));
}

/** The same for ink that is so thin on the surface that it is plain lines. */
export function paintHairlines(
  surface: Surface,
  lines: readonly Polyline[],
  style: InkStyle,
  start: Point,
  theme: Theme,
): void {
  if (style.width > 0) surface.strokeLines(lines, start, style.width, fillOf(style, theme));
}

function fillOf({ tool, color, opacity }: InkStyle, theme: Theme): Fill {
  return { color: adaptColor(color, theme), opacity, blend: tool === 'highlighter' ? 'marker' : 'normal' };
}
