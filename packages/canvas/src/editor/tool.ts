import type {
  Board,
  Box,
  Change,
  DraggedElements,
  Element,
  ElementId,
  InkPoint,
  LiveInk,
  Point,
  Style,
} from '@inkwire/core';
import type { Mark } from './mark.js';
import type { Selection } from './selection.js';

/** The keys that change what a pointer does. */
export interface ModifierKeys {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Control, or Command on a Mac. */
  readonly mod: boolean;
}

/** One sample of a pointer on the page. */
export interface PointerSample {
  /** Page coordinates. */
  readonly point: Point;
  /** 0..1; undefined where the device measures none. */
  readonly pressure: number | undefined;
  /** How far a pen leans to the right and towards who draws, degrees from upright; undefined where none is measured. */
  readonly tilt?: Point | undefined;
  readonly device: 'mouse' | 'pen' | 'touch';
  readonly keys: ModifierKeys;
}

/** How a tool draws: the properties that its elements have, and no others. Each tool remembers its own. */
export type ToolStyle = Style;

/** What elements look like in a gesture, those that follow included; undefined for those that it takes away. */
export type Preview = ReadonlyMap<ElementId, Element | undefined>;

/** What a tool works with. */
export interface ToolContext {
  readonly board: Board;
  readonly style: ToolStyle;
  /** CSS pixels per page unit when the gesture began. */
  readonly zoom: number;
  readonly selection: Selection;
  /** Whether nothing may be changed: a harmless tool works nevertheless. */
  readonly readOnly: boolean;
  /** Page units between the lines of the grid that everything is aligned with; null for no grid. */
  readonly grid: number | null;
  /** The elements whose bounds touch `box`, in paint order. */
  query(box: Box): readonly Element[];
  /** Also finds what was removed: what lines are bound to. */
  find(id: ElementId): Element | undefined;
  /** The part of the page that is on the screen. */
  visible(): Box;
  /** The gesture looks different although the pointer did not move. */
  redraw(): void;
  /** Opens the text of an element that is on the board. */
  write(id: ElementId): void;
  /** The image whose sides are pulled to show less of it; null for none. */
  readonly cropping: ElementId | null;
  /** Begins to crop an image. */
  crop(id: ElementId): void;
  /** Tells the person something, quietly. */
  say(text: string): void;
}

/** What a person does between pointer down and pointer up. Nothing is committed meanwhile (C5). */
export interface Gesture {
  /**
   * The pointer moved, or a modifier key changed; `predicted` is where it will probably be next, which may be shown and
   * is never committed.
   */
  move(samples: readonly PointerSample[], predicted: readonly PointerSample[]): void;
  /** What the gesture comes to, on the board as it is now; null if nothing. Called once. */
  finish(): Change | null;
  /** The change is committed: what was made can be selected. */
  committed?(): void;
  /** The gesture is given up. Neither this nor `finish` follows the other. */
  cancel?(): void;
  /** The stroke that is being drawn, if it is one; the others see it too. */
  readonly ink?: LiveInk | null;
  readonly predicted?: readonly InkPoint[];
  /** Strokes that it drew before that one, and that stay for a moment: they are not committed. The list only grows. */
  readonly trail?: readonly LiveInk[];
  /** Whether the stroke, which is not committed, stays for a moment after it was finished. Default false. */
  readonly lingers?: boolean;
  /** Elements that will be gone; they are shown faint. */
  readonly fading?: ReadonlySet<ElementId>;
  /** Drawn in place of the elements as they are on the board. */
  readonly preview?: Preview;
  /** How what is selected moves, for the others. */
  readonly drag?: DraggedElements | null;
  /** Drawn over the board. */
  readonly marks?: readonly Mark[];
  /** The CSS cursor meanwhile. Default: the one that was shown when it began. */
  readonly cursor?: string;
}

/** What a pointer that is not pressed shows. */
export interface Hover {
  /** The CSS cursor. */
  readonly cursor: string;
  readonly marks: readonly Mark[];
}

/** A tool turns gestures into changes. Apps can bring their own. */
export interface Tool {
  readonly name: string;
  /** The CSS cursor over the board. */
  readonly cursor: string;
  /** How it draws at first; null for a tool that has no style. */
  readonly style: ToolStyle | null;
  /** null for a tool whose primary button moves the page. */
  readonly begin: ((context: ToolContext, sample: PointerSample) => Gesture) | null;
  /** Whether it stays in hand after it made something; otherwise selecting follows. Default true. */
  readonly stays?: boolean;
  /** Whether it can be used where nothing may be changed: it commits nothing. Default false. */
  readonly harmless?: boolean;
  hover?(context: ToolContext, sample: PointerSample): Hover;
  doubleClick?(context: ToolContext, sample: PointerSample): void;
}
