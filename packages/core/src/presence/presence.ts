import type { Box, Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import type { InkPoint } from '../element/ink.js';

/** A stroke that somebody is drawing. It has the id of the element that it becomes. */
export interface LiveInk {
  readonly id: ElementId;
  readonly tool: 'pen' | 'highlighter';
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
  /** The precision at which the points are sent, units; finer for who draws zoomed in. Default 1/16. */
  readonly quantum?: number | undefined;
  /** Page coordinates, from the first point on. */
  readonly points: readonly InkPoint[];
}

/** The person behind a participant. */
export interface PresentUser {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
}

/** Somebody else on this board, as they look at one moment. One person with two tabs is two participants. */
export interface Participant {
  /** Stable while the participant stays. */
  readonly session: string;
  readonly user: PresentUser;
  readonly cursor: Point | null;
  readonly tool: string | null;
  readonly selection: readonly ElementId[];
  readonly viewport: Box | null;
  readonly liveInk: readonly LiveInk[];
}

/** What joins a screen to the people on the board: the transport provides it, the canvas reads and feeds it. */
export interface Presence {
  /** The others at `now` (ms since the epoch), cursors and ink played back to that moment. */
  others(now: number): readonly Participant[];
  /** Whether what {@link others} returns goes on moving after `now` without another notification. */
  moving(now: number): boolean;
  /** Calls `listener` when somebody's presence changed; returns the way to stop. */
  subscribe(listener: () => void): () => void;

  /** Where my pointer is, in page coordinates; null when it left the board. */
  setCursor(point: Point | null): void;
  setTool(tool: string): void;
  setSelection(ids: readonly ElementId[]): void;
  setViewport(box: Box): void;
  /** My stroke so far: the same id with more points each time. `points` is read, not kept. */
  drawLive(ink: LiveInk): void;
  /** My stroke became an element, or was given up. */
  endLive(id: ElementId): void;
}
