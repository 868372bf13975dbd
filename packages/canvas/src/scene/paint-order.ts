import type { Element } from '@inkwire/core';

/** Lower first: by order, then by id, so that it is total and the same for everyone (D9). */
export function comparePaintOrder(a: Element, b: Element): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
