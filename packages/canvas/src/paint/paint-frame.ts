import { type FrameElement, shapePath } from '@inkwire/core';
import { FAMILIES } from './font.js';
import type { PaintContext } from './paint-context.js';
import type { Surface } from './surface.js';
import { adaptColor, adaptFill } from './theme.js';
import { fitTitle } from './title.js';

/** Page units. What clips its contents has the same corners. */
export const FRAME_RADIUS = 4;
const TITLE = { family: FAMILIES.sans, size: 13 };
/** Between the title's baseline and the frame. */
const ABOVE = 7;

/** A frame is a sheet with a thin edge and its title above it, no longer than it is wide. */
export function paintFrame(surface: Surface, frame: FrameElement, context: PaintContext): void {
  const { theme, fade, resources } = context;
  const [width, height] = [Math.abs(frame.size[0]), Math.abs(frame.size[1])];
  const path = shapePath('rectangle', [width, height], FRAME_RADIUS);
  const opacity = frame.opacity * fade;
  const color = adaptColor(frame.color, theme);
  if (frame.fill !== 'none') {
    surface.fillPath(path, { color: adaptFill(frame.fill, theme), opacity, blend: 'normal' });
  }
  surface.strokePath(path, { width: 1.5, dashes: [] }, { color, opacity: 0.35 * opacity, blend: 'normal' });
  const title = fitTitle(frame.title, width, TITLE, resources?.measure);
  if (title === null) return;
  const x = title.direction === 'rtl' ? width - title.width : 0;
  surface.fillText(
    { text: title.text, x, y: -ABOVE, direction: title.direction, font: TITLE },
    { color, opacity: 0.7 * opacity, blend: 'normal' },
  );
}
