import type { Point } from './geometry.js';
import type { ElementId } from './id.js';
import type { OrderIndex } from './order.js';
import type { Pair } from './value.js';

/** What every element has. Elements are immutable: one that changed is a new object. */
export interface ElementBase {
  readonly id: ElementId;
  readonly kind: string;
  /** The user id of who made it. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The top left corner before rotation, in page units. */
  readonly position: Point;
  /** Width and height before rotation, in page units. Negative: mirrored along that axis, in the same box. */
  readonly size: Pair;
  /** Radians clockwise on screen around the centre, in [0, 2π). */
  readonly rotation: number;
  readonly order: OrderIndex;
  /** The group or frame that holds it. */
  readonly parent: ElementId | null;
  readonly locked: boolean;
  /** `#rrggbb`, or `ink`: the theme's own. */
  readonly color: string;
  /** 0..1 */
  readonly opacity: number;
}

/** A line drawn by hand. */
export interface StrokeElement extends ElementBase {
  readonly kind: 'stroke';
  readonly tool: 'pen' | 'highlighter';
  /** Diameter in page units at pressure 0.5. */
  readonly width: number;
  /** Packed points, relative to `position` while `size` is `inkSize`; read them with `inkOf`. */
  readonly ink: Uint8Array;
  /** The size that the ink has by itself; where `size` differs, the ink is scaled to it. */
  readonly inkSize: Pair;
}

/** An element of a kind that this program does not know: kept, and drawn as a placeholder (D12). */
export interface UnknownElement extends ElementBase {
  readonly kind: 'unknown';
  /** The name under which the program that made it knows its kind. */
  readonly kindName: string;
}

export type Element = StrokeElement | UnknownElement;
