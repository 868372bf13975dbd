import type { Matrix } from '../element/geometry/placement.js';
import type { Box, Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import type { InkPoint } from '../element/ink.js';
import type { TextPlace } from './text-place.js';

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

/**
 * Elements that somebody moves, resizes or turns and that are not yet committed there.
 *
 * Whoever paints the board maps them by the transform, from wherever they are on the board at that moment. Board and
 * drag have to be read for the same picture: the transform changes in the very moment in which the commit changes the
 * elements under it, so that nothing jumps.
 */
export interface DraggedElements {
  readonly ids: readonly ElementId[];
  /** From where the elements are on the board to where they are seen, page units. */
  readonly transform: Matrix;
  /**
   * Copies of them are moved, and they stay: the id that the copy of the first gets. Whoever paints the board shows
   * copies until that element is there. Default null: they are moved themselves.
   */
  readonly copy?: ElementId | null;
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
  /** In which text they write, and where in it; null for in none. */
  readonly writing: TextPlace | null;
  /**
   * What they drag, played back; null for nothing. The same object while it looks the same. It stays after they let go,
   * until their commit is on this board, and is gone when they give it up or have been silent for 5 s.
   */
  readonly drag: DraggedElements | null;
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
  /** Where I write; null when I am done. */
  setWriting(place: TextPlace | null): void;
  /** My stroke so far: the same id with more points each time. `points` is read, not kept. */
  drawLive(ink: LiveInk): void;
  /** My stroke became an element, or was given up. */
  endLive(id: ElementId): void;
  /**
   * What I drag, with every move of the pointer; null when I let go or give it up. Who lets go commits first: the
   * others then see the elements stay where they are until the commit is there. Throws `RangeError` for a transform
   * that is not finite. Of more than 150 elements, the first 150 are shown.
   */
  setDrag(drag: DraggedElements | null): void;
}
