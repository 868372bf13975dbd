import { mapPath, type Path, type StickyElement, shapePath } from '@inkwire/core';
import { contrast } from './color.js';
import { FAMILIES } from './font.js';
import type { PaintContext } from './paint-context.js';
import { paintText } from './paint-text.js';
import type { Surface } from './surface.js';
import { measureText } from './text-measure.js';
import { adaptColor } from './theme.js';

const YELLOW = '#ffe58f';
const DARK_INK = '#2a2620';
const LIGHT_INK = '#fbf9f4';
const RADIUS = 3;
/**
 * The shadow is one faint rectangle over the other, since canvases blur slowly and SVG blurs differently: each reaches
 * further, and further down.
 */
const SHADOW = { sheets: 7, growth: 0.9, fall: 0.5, shade: 0.018 };
/** Below this size on the screen, in device pixels, nobody sees a shadow. */
const SHADOWED_FROM = 24;
const BADGE = { height: 20, padding: 8, size: 12, margin: 8 };

/** A note is paper of its colour with ink on it that can be read, under every theme the same; it lies on the page. */
export function paintSticky(surface: Surface, sticky: StickyElement, context: PaintContext): void {
  const { fade, theme } = context;
  const [width, height] = [Math.abs(sticky.size[0]), Math.abs(sticky.size[1])];
  const opacity = sticky.opacity * fade;
  const color = theme.forced ? theme.paper : sticky.color === 'ink' ? YELLOW : sticky.color;
  const ink = theme.forced
    ? theme.ink
    : contrast(color, DARK_INK) >= contrast(color, LIGHT_INK)
      ? DARK_INK
      : LIGHT_INK;
  const { sheet, shadow } = figureOf(sticky);
  if (Math.max(width, height) * surface.scale >= SHADOWED_FROM) {
    for (const path of shadow) {
      surface.fillPath(path, { color: '#000000', opacity: SHADOW.shade * opacity, blend: 'normal' });
    }
  }
  surface.fillPath(sheet, { color, opacity, blend: 'normal' });
  if (theme.forced) {
    const edge = adaptColor(sticky.color, theme);
    surface.strokePath(sheet, { width: 2, dashes: [] }, { color: edge, opacity, blend: 'normal' });
  }
  paintText(surface, sticky, ink, context);
  if (sticky.votes !== 0) paintVotes(surface, sticky, ink, context);
}

interface StickyFigure {
  readonly sheet: Path;
  readonly shadow: readonly Path[];
}

/** Elements are immutable, so a figure is right for as long as its element exists. */
const figures = new WeakMap<StickyElement, StickyFigure>();

function figureOf(sticky: StickyElement): StickyFigure {
  let figure = figures.get(sticky);
  if (figure === undefined) {
    const [width, height] = [Math.abs(sticky.size[0]), Math.abs(sticky.size[1])];
    const shadow = Array.from({ length: SHADOW.sheets }, (_, i) => {
      const by = i * SHADOW.growth;
      const path = shapePath('rectangle', [width + 2 * by, height + 2 * by], RADIUS + by);
      return mapPath([1, 0, 0, 1, -by, 1 + i * SHADOW.fall - by], path);
    });
    const radius = Math.min(RADIUS, width / 4, height / 4);
    figure = { sheet: shapePath('rectangle', [width, height], radius), shadow };
    figures.set(sticky, figure);
  }
  return figure;
}

/** How many votes it has, in its lower right corner. */
function paintVotes(
  surface: Surface,
  sticky: StickyElement,
  ink: string,
  { fade, resources }: PaintContext,
): void {
  const { height, padding, size, margin } = BADGE;
  const font = { family: FAMILIES.sans, size, bold: true };
  const text = `+${sticky.votes}`.replace('+-', '−');
  const letters = (resources?.measure ?? measureText)(text, font);
  const width = Math.max(letters + 2 * padding, height);
  const isRoomy =
    Math.abs(sticky.size[0]) >= width + 2 * margin && Math.abs(sticky.size[1]) >= height + 2 * margin;
  if (!isRoomy) return;
  const x = Math.abs(sticky.size[0]) - margin - width;
  const y = Math.abs(sticky.size[1]) - margin - height;
  const opacity = sticky.opacity * fade;
  const pill = mapPath([1, 0, 0, 1, x, y], shapePath('rectangle', [width, height], height / 2));
  surface.fillPath(pill, { color: ink, opacity: 0.12 * opacity, blend: 'normal' });
  surface.fillText(
    { text, x: x + (width - letters) / 2, y: y + height / 2 + size * 0.36, direction: 'ltr', font },
    { color: ink, opacity, blend: 'normal' },
  );
}
