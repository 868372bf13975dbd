import type { Board, Box, Change, Element, ElementId, InkPoint, LiveInk, Point } from '@inkwire/core';

/** One sample of a pointer on the page. */
export interface PointerSample {
  /** Page coordinates. */
  readonly point: Point;
  /** 0..1; undefined where the device measures none. */
  readonly pressure: number | undefined;
}

/** How a tool draws. Each tool remembers its own. */
export interface ToolStyle {
  /** `#rrggbb`, or `ink`: the theme's own. */
  readonly color: string;
  /** Page units. */
  readonly width: number;
  /** 0..1 */
  readonly opacity: number;
}

/** What a tool works with. */
export interface ToolContext {
  readonly board: Board;
  readonly style: ToolStyle;
  /** CSS pixels per page unit when the gesture began. */
  readonly zoom: number;
  /** The elements whose bounds touch `box`, in paint order. */
  query(box: Box): readonly Element[];
  /** Also finds what was removed: what lines are bound to. */
  find(id: ElementId): Element | undefined;
}

/** What a person does between pointer down and pointer up. Nothing is committed meanwhile (C5). */
export interface Gesture {
  /** The pointer moved; `predicted` is where it will probably be next, which may be shown and is never committed. */
  move(samples: readonly PointerSample[], predicted: readonly PointerSample[]): void;
  /** The stroke that is being drawn, if it is one; the others see it too. */
  readonly ink: LiveInk | null;
  readonly predicted: readonly InkPoint[];
  /** Elements that will be gone; they are shown faint. */
  readonly fading: ReadonlySet<ElementId>;
  /** What the gesture comes to, on the board as it is now; null if nothing. Called once. */
  finish(): Change | null;
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
}
