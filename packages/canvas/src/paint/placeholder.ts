import { type Element, shapePath } from '@inkwire/core';
import { FAMILIES } from './font.js';
import type { PaintContext } from './paint-context.js';
import type { Surface } from './surface.js';
import { fitTitle } from './title.js';

const SIZE = 12;
const PADDING = 10;
const RADIUS = 6;

/** Shows the place of something that cannot be painted here, and says what it is as far as there is room. */
export function paintPlaceholder(
  surface: Surface,
  element: Element,
  name: string,
  context: PaintContext,
): void {
  const [width, height] = [Math.abs(element.size[0]), Math.abs(element.size[1])];
  const { theme, fade, resources } = context;
  const faint = (opacity: number) =>
    ({ color: theme.ink, opacity: opacity * fade, blend: 'normal' }) as const;
  const path = shapePath('rectangle', [width, height], Math.min(RADIUS, width / 4, height / 4));
  surface.fillPath(path, faint(0.06));
  surface.strokePath(path, { width: 1.5, dashes: [5, 6] }, faint(0.4));
  if (height < SIZE + 2 * PADDING) return;
  const font = { family: FAMILIES.sans, size: SIZE };
  const title = fitTitle(name, width - 2 * PADDING, font, resources?.measure);
  if (title === null) return;
  surface.fillText(
    {
      text: title.text,
      x: (width - title.width) / 2,
      y: height / 2 + SIZE * 0.35,
      direction: title.direction,
      font,
    },
    faint(0.65),
  );
}
