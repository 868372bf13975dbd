import {
  type Element,
  type ElementId,
  type FrameElement,
  type ShapeElement,
  type StickyElement,
  shapePath,
} from '@inkwire/core';
import { dashesOf } from './dashes.js';
import { paintLine } from './paint-line.js';
import { paintStroke } from './paint-stroke.js';
import { paintText } from './paint-text.js';
import type { Fill, Surface } from './surface.js';
import type { Measure } from './text-measure.js';
import { adaptColor, type Theme } from './theme.js';

/** What painting an element depends on besides the element. */
export interface PaintContext {
  readonly theme: Theme;
  /** Multiplies the element's opacity, 0..1. */
  readonly fade: number;
  /** Finds what lines are bound to. */
  find(id: ElementId): Element | undefined;
  /** How wide text is. Default: by the fonts of this machine. */
  readonly measure?: Measure | undefined;
}

/** Paints one element; the same for screen and export. */
export function paintElement(surface: Surface, element: Element, context: PaintContext): void {
  surface.place(element);
  switch (element.kind) {
    case 'stroke':
      paintStroke(surface, element, context);
      break;
    case 'shape':
      paintShape(surface, element, context);
      break;
    case 'line':
    case 'arrow':
      paintLine(surface, element, context);
      break;
    case 'text':
      paintText(surface, element, adaptColor(element.color, context.theme), context);
      break;
    case 'sticky':
      paintSticky(surface, element, context);
      break;
    case 'frame':
      paintFrame(surface, element, context);
      break;
    case 'group':
      break;
    // A picture that is not there yet, an app's own kind, something that a newer program drew: its place is shown.
    default:
      surface.fillPath(boxPath(element, 6), {
        color: context.theme.ink,
        opacity: 0.08 * context.fade,
        blend: 'normal',
      });
  }
}

function paintShape(surface: Surface, shape: ShapeElement, context: PaintContext): void {
  const { theme } = context;
  const path = shapePath(shape.form, boxSize(shape), shape.radius);
  if (shape.fill !== 'none') surface.fillPath(path, solid(adaptColor(shape.fill, theme), shape, context));
  const outline = solid(adaptColor(shape.color, theme), shape, context);
  if (shape.width > 0) {
    surface.strokePath(path, { width: shape.width, dashes: dashesOf(shape.dash, shape.width) }, outline);
  }
  paintText(surface, shape, outline.color, context);
}

/** A note is paper of its colour; its text is ink on that. */
function paintSticky(surface: Surface, sticky: StickyElement, context: PaintContext): void {
  const color = sticky.color === 'ink' ? STICKY_YELLOW : sticky.color;
  surface.fillPath(boxPath(sticky, 3), solid(color, sticky, context));
  paintText(surface, sticky, STICKY_INK, context);
}

function paintFrame(surface: Surface, frame: FrameElement, context: PaintContext): void {
  const { theme } = context;
  const path = boxPath(frame, 4);
  if (frame.fill !== 'none') surface.fillPath(path, solid(adaptColor(frame.fill, theme), frame, context));
  surface.strokePath(
    path,
    { width: 1.5, dashes: [] },
    {
      color: adaptColor(frame.color, theme),
      opacity: 0.4 * frame.opacity * context.fade,
      blend: 'normal',
    },
  );
  if (frame.title === '') return;
  const fill = { ...solid(adaptColor(frame.color, theme), frame, context), opacity: 0.75 * context.fade };
  surface.fillText({ text: frame.title, x: 10, y: 20, direction: 'ltr', font: FRAME_FONT }, fill);
}

const STICKY_YELLOW = '#ffe58f';
const STICKY_INK = '#2a2620';
const FRAME_FONT = { family: 'system-ui, sans-serif', size: 13 };

function solid(color: string, element: Element, { fade }: PaintContext): Fill {
  return { color, opacity: element.opacity * fade, blend: 'normal' };
}

function boxPath(element: Element, radius: number) {
  return shapePath('rectangle', boxSize(element), radius);
}

function boxSize({ size }: Element): readonly [number, number] {
  return [Math.abs(size[0]), Math.abs(size[1])];
}
