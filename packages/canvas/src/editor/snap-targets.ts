import { type Box, boundsOf, type ElementId, withContents } from '@inkwire/core';
import type { ToolContext } from './tool.js';

/** How near something has to be to be aligned, CSS pixels. */
const REACH = 6;
/** With more boxes than this on the screen, there is a line everywhere. */
const MOST_TARGETS = 250;

/** What the elements in a hand can be aligned with: what is on the screen when they are taken. */
export interface SnapTargets {
  readonly boxes: readonly Box[];
  /** Page units. */
  readonly reach: number;
}

export function snapTargets(context: ToolContext, held: readonly ElementId[]): SnapTargets {
  const { board, query, find, visible, zoom } = context;
  const own = new Set(withContents(board, held).map(({ id }) => id));
  const boxes: Box[] = [];
  for (const element of query(visible())) {
    // Ink has no edges that anybody would align by, and lines follow what they are bound to.
    const { kind } = element;
    if (own.has(element.id) || kind === 'stroke' || kind === 'line' || kind === 'arrow') continue;
    const box = boundsOf(element, find);
    if (box.minX <= box.maxX) boxes.push(box);
  }
  return { boxes: boxes.length > MOST_TARGETS ? [] : boxes, reach: REACH / zoom };
}
