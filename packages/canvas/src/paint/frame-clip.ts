import {
  boundsOf,
  boxHolds,
  type Element,
  type ElementId,
  type FrameElement,
  type PlainStroke,
} from '@inkwire/core';

/** More frames than this in each other are no drawing of a person's. */
const DEEPEST = 32;
const NO_FRAMES: readonly FrameElement[] = [];

/**
 * The frames that `element` is in and reaches beyond: a frame is a window on what it holds, and the element is seen only
 * inside all of these.
 */
export function framesAround(
  element: Element | PlainStroke,
  find: (id: ElementId) => Element | undefined,
): readonly FrameElement[] {
  if (element.parent === null) return NO_FRAMES;
  const frames: FrameElement[] = [];
  let parent = find(element.parent);
  for (let depth = 0; parent !== undefined && depth < DEEPEST; depth++) {
    if (parent.kind === 'frame') frames.push(parent);
    parent = parent.parent === null ? undefined : find(parent.parent);
  }
  if (frames.length === 0) return NO_FRAMES;
  const bounds = boundsOf(element, find);
  return frames.filter((frame) => frame.rotation !== 0 || !boxHolds(boundsOf(frame), bounds));
}
