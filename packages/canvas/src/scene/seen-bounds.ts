import { type Box, boundsOf, type Element, type ElementId, figureOf } from '@inkwire/core';
import { framesAround } from '../paint/frame-clip.js';
import { boundsOfRest, paintBounds } from '../paint/paint-bounds.js';
import { sharedBox } from './box.js';

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
  for (const frame of framesAround(element, find)) seen = seen && sharedBox(seen, boundsOf(frame));
  return seen;
}
