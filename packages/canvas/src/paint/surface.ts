import type { Point } from '@inkwire/core';
import type { Outline } from './ink-outline.js';

/** `marker` lets what lies beneath show through at full contrast, on light and on dark paper. */
export type Blend = 'normal' | 'marker';

export interface Fill {
  /** Any CSS colour. */
  readonly color: string;
  /** 0..1 */
  readonly opacity: number;
  readonly blend: Blend;
}

/** Where something is on the page: its box before it is turned, in page units, and the turn around its centre in radians. */
export interface Placement {
  readonly position: Point;
  readonly size: Point;
  readonly rotation: number;
}

/** What elements are painted on: a canvas, an SVG. Both are fed by the same `paintElement`, so they cannot drift. */
export interface Surface {
  /** What follows is relative to the top left corner of the placement's box, and turned with it. */
  place(placement: Placement): void;
  /** Fills a smoothed polygon whose origin is at `start` of the placement. */
  fill(outline: Outline, start: Point, fill: Fill): void;
  /** Fills the placement's box, with rounded corners. */
  fillBox(size: Point, radius: number, fill: Fill): void;
}
