import type { Element, StrokeElement } from '@inkwire/core';
import { inkOutline, type Outline } from './ink-outline.js';
import { strokeCurve } from './stroke-curve.js';
import type { Surface } from './surface.js';
import { adaptColor, type Theme } from './theme.js';

/** Elements are immutable, so an outline is right for as long as its element exists. */
const outlines = new WeakMap<StrokeElement, Outline>();

/** Paints one element; `fade` (0..1) multiplies its opacity. The same for screen and export. */
export function paintElement(surface: Surface, element: Element, theme: Theme, fade = 1): void {
  surface.place(element);
  if (isStroke(element)) {
    surface.fill(outlineOf(element), {
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

function outlineOf(stroke: StrokeElement): Outline {
  let outline = outlines.get(stroke);
  if (outline === undefined) {
    outline = inkOutline(strokeCurve(stroke), stroke.tool, stroke.width);
    outlines.set(stroke, outline);
  }
  return outline;
}
