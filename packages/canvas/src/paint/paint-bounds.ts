import { type Box, boundsOf, type Element, type ElementId, growBox } from '@inkwire/core';

/**
 * How far paint may reach beyond the bounds that the board knows, in page units: the heads of arrows do, the titles of
 * frames, and the shadows of sticky notes.
 */
export const LARGEST_OVERREACH = 24;

const FRAME_TITLE_REACH = 22;
const STICKY_SHADOW_REACH = 12;

/** The box that all paint of an element lies in; null for what paints nothing. */
export function paintBounds(element: Element, find: (id: ElementId) => Element | undefined): Box | null {
  const box = boundsOf(element, find);
  if (box.minX > box.maxX) return null;
  return growBox(box, overreach(element));
}

function overreach(element: Element): number {
  switch (element.kind) {
    case 'line':
    case 'arrow':
      return element.startHead !== 'none' || element.endHead !== 'none' || element.text.length > 0
        ? LARGEST_OVERREACH
        : 0;
    case 'frame':
      return element.title === '' ? 1 : FRAME_TITLE_REACH;
    case 'sticky':
      return STICKY_SHADOW_REACH;
    case 'text': {
      // A box that nobody has measured says nothing about its text; the letters of some fonts leave any box a little.
      const isMeasured = element.size[0] !== 0 && element.size[1] !== 0;
      return isMeasured ? Math.min(element.fontSize / 4, LARGEST_OVERREACH) : LARGEST_OVERREACH;
    }
    default:
      return 0;
  }
}
