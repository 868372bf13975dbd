import { type Box, boundsOf, boxesMeet, type Element, type ElementId, figureOf } from '@inkwire/core';
import { framesAround } from '../paint/frame-clip.js';
import { boundsOfRest, paintBounds } from '../paint/paint-bounds.js';

type Find = (id: ElementId) => Element | undefined;

/** The box around what is seen of an element: not what was erased of it, nor what its frames cut off; null for nothing. */
export function seenBounds(element: Element, find: Find): Box | null {
  if (element.kind !== 'stroke') return seenThroughFrames(paintBounds(element, find), element, find);
  const erased = element.cuts.length > 0 && figureOf(element, find).lines.length === 0;
  return erased ? null : seenThroughFrames(boundsOfRest(element, find), element, find);
}

/** What is seen of a box of an element's through the frames that it is in; null for nothing. */
export function seenThroughFrames(box: Box | null, element: Element, find: Find): Box | null {
  let seen = box;
  for (const frame of framesAround(element, find)) {
    const window = boundsOf(frame);
    if (seen === null || !boxesMeet(seen, window)) return null;
    seen = {
      minX: Math.max(seen.minX, window.minX),
      minY: Math.max(seen.minY, window.minY),
      maxX: Math.min(seen.maxX, window.maxX),
      maxY: Math.min(seen.maxY, window.maxY),
    };
  }
  return seen;
}
