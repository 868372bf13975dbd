import { boundsOf, boxHolds, type Element, type ElementId, type FrameElement } from '@inkwire/core';
import type { Surface } from './surface.js';

/** More frames than this in each other are no drawing of a person's. */
const DEEPEST = 32;

/**
 * Lets the surface paint only inside the frames that `element` is in, as far as it reaches beyond them: a frame is a
 * window on what it holds. Returns whether it did; then the clip has to be taken away again.
 */
export function clipToFrames(
  surface: Surface,
  element: Element,
  find: (id: ElementId) => Element | undefined,
): boolean {
  if (element.parent === null) return false;
  const frames: FrameElement[] = [];
  let parent = find(element.parent);
  for (let depth = 0; parent !== undefined && depth < DEEPEST; depth++) {
    if (parent.kind === 'frame') frames.push(parent);
    parent = parent.parent === null ? undefined : find(parent.parent);
  }
  if (frames.length === 0) return false;
  const bounds = boundsOf(element, find);
  const cutting = frames.filter((frame) => frame.rotation !== 0 || !boxHolds(boundsOf(frame), bounds));
  if (cutting.length === 0) return false;
  surface.clip(cutting);
  return true;
}
