import type { CustomElement, Element, PlainStroke } from '@inkwire/core';
import { framesAround } from './frame-clip.js';
import type { PaintContext } from './paint-context.js';
import { paintFrame } from './paint-frame.js';
import { paintImage } from './paint-image.js';
import { paintLine } from './paint-line.js';
import { paintShape } from './paint-shape.js';
import { paintSticky } from './paint-sticky.js';
import { paintStroke } from './paint-stroke.js';
import { paintText } from './paint-text.js';
import { paintPlaceholder } from './placeholder.js';
import type { ClipBox, Surface } from './surface.js';
import { adaptColor } from './theme.js';

/** Paints one element; the same for screen and export. */
export function paintElement(surface: Surface, element: Element | PlainStroke, context: PaintContext): void {
  const frames = framesAround(element, context.find);
  if (frames.length > 0) surface.clip(frames);
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
    case 'image':
      paintImage(surface, element, context);
      break;
    case 'frame':
      paintFrame(surface, element, context);
      break;
    case 'custom':
      paintCustom(surface, element, context, frames);
      break;
    case 'unknown':
      paintPlaceholder(surface, element, element.kindName, context);
      break;
    case 'group':
      break;
  }
  if (frames.length > 0) surface.clip([]);
}

const failedKinds = new Set<string>();

function paintCustom(
  surface: Surface,
  element: CustomElement,
  context: PaintContext,
  frames: readonly ClipBox[],
): void {
  const { name } = element.definition;
  const painters = context.resources?.painters;
  const painter = painters !== undefined && Object.hasOwn(painters, name) ? painters[name] : undefined;
  if (painter === undefined) {
    paintPlaceholder(surface, element, name, context);
    return;
  }
  // What a painter clips is clipped by the frames as well, and its clip ends with it.
  const clip: Surface['clip'] = (boxes) => surface.clip([...frames, ...boxes]);
  try {
    painter({ ...surface, clip }, element, context);
    clip([]);
  } catch (error) {
    // An app's mistake must not take the board with it; the app's author sees it once.
    if (!failedKinds.has(name)) console.error(`The painter of ${name} failed.`, error);
    failedKinds.add(name);
    clip([]);
    surface.place(element);
    paintPlaceholder(surface, element, name, context);
  }
}
