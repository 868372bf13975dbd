import { type ImageElement, mapPath, type Path, pathAlong } from '@inkwire/core';
import type { PaintContext } from './paint-context.js';
import { paintPlaceholder } from './placeholder.js';
import type { Surface } from './surface.js';

/** A torn picture: its edge, and the hill and the sun in it, in a square of 24. */
const BROKEN: readonly Path[] = [
  pathAlong([
    [2, 4],
    [22, 4],
    [22, 11],
    [17, 15],
    [12, 11],
    [7, 15],
    [2, 11],
    [2, 4],
  ]),
  pathAlong([
    [2, 16],
    [7, 20],
    [12, 16],
    [17, 20],
    [22, 16],
    [22, 21],
    [2, 21],
    [2, 16],
  ]),
];
const ICON = 24;
const LARGEST_NAME = 80;

/** The part of the picture that shows, stretched over the element's box; until it is there, or in place of it, a box. */
export function paintImage(surface: Surface, image: ImageElement, context: PaintContext): void {
  const { fade, theme, resources } = context;
  const [width, height] = [Math.abs(image.size[0]), Math.abs(image.size[1])];
  if (width === 0 || height === 0) return;
  const [left, , right] = image.crop;
  const shown = resources?.images?.show(image, (width / (right - left)) * Math.min(surface.scale, 64));
  if (shown?.state === 'ready') {
    surface.drawImage(shown, image.crop, image.size, image.opacity * fade);
    return;
  }
  if (shown?.state !== 'failed') {
    const edge = pathAlong(
      [
        [0, 0],
        [width, 0],
        [width, height],
        [0, height],
      ],
      true,
    );
    surface.fillPath(edge, { color: theme.ink, opacity: 0.07 * fade, blend: 'normal' });
    return;
  }
  paintPlaceholder(surface, image, nameOf(image.source), context);
  if (height < 3.2 * ICON || width < 2 * ICON) return;
  for (const part of BROKEN) {
    const moved = mapPath([1, 0, 0, 1, (width - ICON) / 2, height / 2 - ICON * 1.5], part);
    surface.strokePath(
      moved,
      { width: 1.5, dashes: [] },
      { color: theme.ink, opacity: 0.5 * fade, blend: 'normal' },
    );
  }
}

/** The file's name, where the source has one. */
export function nameOf(source: string): string {
  if (/^(data|blob):/i.test(source)) return 'Image';
  const path = source.split(/[?#]/, 1)[0] ?? '';
  const last =
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '';
  try {
    return decodeURIComponent(last).slice(0, LARGEST_NAME) || 'Image';
  } catch {
    return last.slice(0, LARGEST_NAME) || 'Image';
  }
}
