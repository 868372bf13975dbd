import type { Box, ElementId, ImageElement, Path, Point, Polyline } from '@inkwire/core';
import type { Font } from './font.js';
import type { ReadyImage } from './images.js';
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

/** How a line is drawn along a path. */
export interface Pen {
  /** Page units. */
  readonly width: number;
  /** Lengths of dashes and gaps in page units; none for a line without gaps. */
  readonly dashes: readonly number[];
}

/** Where something is on the page: its box before it is turned, in page units, and the turn around its centre in radians. */
export interface Placement {
  readonly position: Point;
  readonly size: Point;
  readonly rotation: number;
}

/** A stretch of text that has one font and one direction, so that nothing in it stands in another order. */
export interface TextStretch {
  readonly text: string;
  /** Its left edge. */
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly direction: 'ltr' | 'rtl';
  readonly font: Font;
}

/** A box on the page that what is in it is seen through. */
export interface ClipBox extends Placement {
  /** Names it in a document. */
  readonly id: ElementId;
}

/** What elements are painted on: a canvas, an SVG. Both are fed by the same `paintElement`, so they cannot drift. */
export interface Surface {
  /** Device pixels per page unit: what is too small to be seen need not be drawn. Infinity where that is unknown. */
  readonly scale: number;
  /** Whether anything in this box, relative to the placement, can be seen; true where that is unknown. */
  shows(box: Box): boolean;
  /** What follows is relative to the top left corner of the placement's box, and turned with it. */
  place(placement: Placement): void;
  /** Fills the union of smoothed polygons whose origin is at `start` of the placement. */
  fillOutline(outline: Outline, start: Point, fill: Fill): void;
  fillPath(path: Path, fill: Fill): void;
  strokePath(path: Path, pen: Pen, fill: Fill): void;
  /** Draws lines from point to point, whose origin is at `start` of the placement. */
  strokeLines(lines: readonly Polyline[], start: Point, width: number, fill: Fill): void;
  fillText(stretch: TextStretch, fill: Fill): void;
  /**
   * Draws a part of a picture (left, top, right, bottom, as parts of its size) over the placement's box.
   *
   * @param size of the box; negative: mirrored along that axis.
   */
  drawImage(picture: ReadyImage, part: ImageElement['crop'], size: Point, opacity: number): void;
  /** Lets what follows be seen only inside all of these boxes; of none, everywhere. */
  clip(boxes: readonly ClipBox[]): void;
}
