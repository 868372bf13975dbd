import type { Element, Point, StrokeElement } from '@inkwire/core';
import { inkOutline, type Outline } from './ink-outline.js';
import { strokeCurve } from './stroke-curve.js';
import type { Surface } from './surface.js';
import { adaptColor, type Theme } from './theme.js';

interface StrokeShape {
  readonly outline: Outline;
  /** The first point, relative to the top left corner of the stroke's box. */
  readonly start: Point;
}

/** Elements are immutable, so a shape is right for as long as its element exists. */
const shapes = new WeakMap<StrokeElement, StrokeShape>();

/** Paints one element; `fade` (0..1) multiplies its opacity. The same for screen and export. */
export function paintElement(surface: Surface, element: Element, theme: Theme, fade = 1): void {
  surface.place(element);
  if (isStroke(element)) {
    const { outline, start } = shapeOf(element);
    surface.fill(outline, start, {
      color: adaptColor(element.color, theme),
      opacity: element.opacity * fade,
      blend: element.tool === 'highlighter' ? 'marker' : 'normal',
    });
  } else {
    // Something that a newer program drew: its place is shown, and kept.
    surface.fillBox(element.size, 6, { color: theme.ink, opacity: 0.08 * fade, blend: 'normal' });
  }
}

export function isStroke(element: Element): element is StrokeElement {
  return element.kind === 'stroke';
}

function shapeOf(stroke: StrokeElement): StrokeShape {
  let shape = shapes.get(stroke);
  if (shape === undefined) {
    const curve = strokeCurve(stroke);
    shape = {
      outline: inkOutline(curve, stroke.tool, stroke.width),
      start: [curve.x[0] ?? 0, curve.y[0] ?? 0],
    };
    shapes.set(stroke, shape);
  }
  return shape;
}
