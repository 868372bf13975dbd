import { type Box, boundsOf, type Element, type ElementId, growBox } from '@inkwire/core';

/** How far paint may reach beyond the bounds that the board knows, in page units: the heads of arrows do. */
export const LARGEST_OVERREACH = 24;

/** The box that all paint of an element lies in; null for what paints nothing. */
export function paintBounds(element: Element, find: (id: ElementId) => Element | undefined): Box | null {
  const box = boundsOf(element, find);
  if (box.minX > box.maxX) return null;
  const headed =
    (element.kind === 'line' || element.kind === 'arrow') &&
    (element.startHead !== 'none' || element.endHead !== 'none');
  return headed ? growBox(box, LARGEST_OVERREACH) : box;
}
