import type { Element } from './element.js';
import type { Box } from './geometry.js';

/** The box around what an element paints, in page units: rotation and the width of its line included. */
export const boundsOf = (element: Element): Box => {
  const [x, y] = element.position;
  const width = Math.abs(element.size[0]);
  const height = Math.abs(element.size[1]);
  const cosine = Math.abs(Math.cos(element.rotation));
  const sine = Math.abs(Math.sin(element.rotation));
  const reach = element.kind === 'stroke' ? element.width : 0;
  const halfX = (width * cosine + height * sine) / 2 + reach;
  const halfY = (width * sine + height * cosine) / 2 + reach;
  const centreX = x + width / 2;
  const centreY = y + height / 2;
  return { minX: centreX - halfX, minY: centreY - halfY, maxX: centreX + halfX, maxY: centreY + halfY };
};
