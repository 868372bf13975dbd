import type { Box, ElementId, Point } from '@inkwire/core';

/** Something that is drawn over the board while a person works, in page coordinates. */
export type Mark =
  /** What a box selects. */
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'lasso'; readonly points: readonly Point[] }
  /** The outline of an element that the pointer is over, or that a line will be bound to. */
  | { readonly kind: 'outline'; readonly id: ElementId; readonly strength: 'hover' | 'target' }
  /** What an element is aligned with. */
  | { readonly kind: 'guide'; readonly from: Point; readonly to: Point }
  /** One of several gaps of the same length. */
  | { readonly kind: 'gap'; readonly from: Point; readonly to: Point }
  /** A measure beside the pointer. */
  | { readonly kind: 'label'; readonly at: Point; readonly text: string };
