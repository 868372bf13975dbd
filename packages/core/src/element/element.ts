import type { Binding } from './compound-value.js';
import type { CustomKind } from './custom-kind.js';
import type { Point } from './geometry.js';
import type { ElementId } from './id.js';
import type { OrderIndex } from './order.js';
import type { Range } from './ranges.js';
import type { RegisterValue } from './register.js';
import type { TextRun } from './text.js';
import type { Pair, Value } from './value.js';

/** What every element has. Elements are immutable: one that changed is a new object. */
export interface ElementBase {
  readonly id: ElementId;
  readonly kind: string;
  /** The user id of who made it. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The top left corner before rotation, in page units; of a line, the point that its points are relative to. */
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

/** A text that people write together, and how it is set. */
export interface Lettering {
  readonly text: readonly TextRun[];
  readonly font: RegisterValue<'font'>;
  /** Page units. */
  readonly fontSize: number;
  readonly align: RegisterValue<'align'>;
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
  /** The parts of the ink that were erased. */
  readonly cuts: readonly Range[];
}

export interface ShapeElement extends ElementBase, Lettering {
  readonly kind: 'shape';
  readonly form: RegisterValue<'form'>;
  /** Of the outline, in page units. */
  readonly width: number;
  readonly fill: string;
  readonly dash: RegisterValue<'dash'>;
  /** Of rounded corners, in page units. */
  readonly radius: number;
  readonly verticalAlign: RegisterValue<'verticalAlign'>;
}

/** A line or an arrow: they differ in the heads that new ones get. */
export interface LineElement extends ElementBase, Omit<Lettering, 'align'> {
  readonly kind: 'line' | 'arrow';
  /** Relative to `position`; a bound end lies where its binding puts it. */
  readonly points: readonly Point[];
  readonly routing: RegisterValue<'routing'>;
  readonly startBinding: Binding | null;
  readonly endBinding: Binding | null;
  readonly startHead: RegisterValue<'startHead'>;
  readonly endHead: RegisterValue<'endHead'>;
  /** 0: only what it encloses is painted. */
  readonly width: number;
  readonly dash: RegisterValue<'dash'>;
  /** Of what the line encloses, its last point joined to its first. */
  readonly fill: string;
  /** The box of its text, in page units, as whoever wrote it measured it; [0, 0]: nobody did. `labelOf` says where it is. */
  readonly labelSize: Pair;
}

export interface TextElement extends ElementBase, Lettering {
  readonly kind: 'text';
  /** `content`: the box follows the text; `width`: lines break at the box's width. */
  readonly fit: RegisterValue<'fit'>;
}

export interface StickyElement extends ElementBase, Lettering {
  readonly kind: 'sticky';
  readonly verticalAlign: RegisterValue<'verticalAlign'>;
  /** The sum of everyone's votes. */
  readonly votes: number;
  /** Who gave them: Yjs clientIDs, one for each time a person opened the board. */
  readonly ballots: ReadonlyMap<number, number>;
}

export interface ImageElement extends ElementBase {
  readonly kind: 'image';
  /** Where the picture is: an address that the app gives a meaning. */
  readonly source: string;
  /** In the picture's own pixels. */
  readonly naturalSize: Pair;
  /** The part that shows: left, top, right, bottom as parts of the natural size. */
  readonly crop: RegisterValue<'crop'>;
}

export interface FrameElement extends ElementBase {
  readonly kind: 'frame';
  readonly title: string;
  readonly fill: string;
}

/** Holds elements together. It has no box of its own and paints nothing. */
export interface GroupElement extends ElementBase {
  readonly kind: 'group';
}

/** An element of a kind that the app defined. */
export interface CustomElement extends ElementBase {
  readonly kind: 'custom';
  readonly definition: CustomKind;
  /** By the names that the definition gave them. */
  readonly values: Readonly<Record<string, Value>>;
  /** Empty where the kind carries none. */
  readonly text: readonly TextRun[];
}

/** An element of a kind that this program does not know: kept, and drawn as a placeholder (D12). */
export interface UnknownElement extends ElementBase {
  readonly kind: 'unknown';
  /** The name under which the program that made it knows its kind. */
  readonly kindName: string;
}

export type Element =
  | StrokeElement
  | ShapeElement
  | LineElement
  | TextElement
  | StickyElement
  | ImageElement
  | FrameElement
  | GroupElement
  | CustomElement
  | UnknownElement;
