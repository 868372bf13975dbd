import { mapPath, type Path, type ShapeElement, shapePath } from '@inkwire/core';
import { dashesOf, fitDashes } from './dashes.js';
import type { PaintContext } from './paint-context.js';
import { paintText } from './paint-text.js';
import type { Surface } from './surface.js';
import { adaptColor, adaptFill } from './theme.js';

/** Elements are immutable, so an outline is right for as long as its element exists. */
const outlines = new WeakMap<ShapeElement, Path>();

export function paintShape(surface: Surface, shape: ShapeElement, context: PaintContext): void {
  const { theme, fade } = context;
  const path = outlineOf(shape);
  const opacity = shape.opacity * fade;
  if (shape.fill !== 'none') {
    surface.fillPath(path, { color: adaptFill(shape.fill, theme), opacity, blend: 'normal' });
  }
  const color = adaptColor(shape.color, theme);
  if (shape.width > 0) {
    const pen = { width: shape.width, dashes: fitDashes(dashesOf(shape.dash, shape.width), path) };
    surface.strokePath(path, pen, { color, opacity, blend: 'normal' });
  }
  paintText(surface, shape, color, context);
}

/** In the shape's own box, mirrored where its size is negative. */
function outlineOf(shape: ShapeElement): Path {
  let path = outlines.get(shape);
  if (path === undefined) {
    const [width, height] = shape.size;
    const upright = shapePath(shape.form, [Math.abs(width), Math.abs(height)], shape.radius);
    const isMirrored = width < 0 || height < 0;
    path = isMirrored
      ? mapPath(
          [Math.sign(width) || 1, 0, 0, Math.sign(height) || 1, Math.max(-width, 0), Math.max(-height, 0)],
          upright,
        )
      : upright;
    outlines.set(shape, path);
  }
  return path;
}
