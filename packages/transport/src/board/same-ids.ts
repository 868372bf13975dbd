import type { ElementId } from '@inkwire/core';

export const sameIds = (a: readonly ElementId[], b: readonly ElementId[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
