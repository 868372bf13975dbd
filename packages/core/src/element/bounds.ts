import type { Element } from './element.js';
import { NO_BOX } from './geometry/box.js';
import { figureOf, type Lookup } from './geometry/element-figure.js';
import { figureBounds } from './geometry/figure.js';
import type { Box } from './geometry.js';

/** How far the element's paint reaches beyond its box. A pen pressed hard draws twice its width. */
const reachOf = (element: Element): number => {
  if (element.kind === 'stroke') return element.width;
  return element.kind === 'shape' ? element.width / 2 : 0;
};

const nothing: Lookup = () => undefined;

/**
 * The box around what an element paints, in page units: rotation and the width of its line included. A group paints
 * nothing.
 *
 * @param lookup finds what a line is bound to, such as `board.recall`; without it, its ends are taken to be free.
 */
export const boundsOf = (element: Element, lookup: Lookup = nothing): Box => {
  if (element.kind === 'group') return NO_BOX;
  if (element.kind === 'line' || element.kind === 'arrow') return figureBounds(figureOf(element, lookup));
  if (element.kind === 'custom' && element.definition.bounds !== undefined)
    return element.definition.bounds(element);
  const [x, y] = element.position;
  const width = Math.abs(element.size[0]);
  const height = Math.abs(element.size[1]);
  const isTurned = element.rotation !== 0;
  const cosine = isTurned ? Math.abs(Math.cos(element.rotation)) : 1;
  const sine = isTurned ? Math.abs(Math.sin(element.rotation)) : 0;
  const reach = reachOf(element);
  const halfX = (width * cosine + height * sine) / 2 + reach;
  const halfY = (width * sine + height * cosine) / 2 + reach;
  const centreX = x + width / 2;
  const centreY = y + height / 2;
  return { minX: centreX - halfX, minY: centreY - halfY, maxX: centreX + halfX, maxY: centreY + halfY };
};
