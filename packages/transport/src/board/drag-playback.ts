import { type DraggedElements, type ElementId, invertMatrix, type Matrix } from '@inkwire/core';
import { SILENCE_MS } from './silence.js';

/** A transform is reached over the time since the one before it, at most this. */
const LONGEST_PLAY_MS = 250;

/** The usual time between two frames: how long the first move takes, and what is left after a commit. */
const USUAL_PLAY_MS = 120;

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Elements that somebody else drags, moving as the hand moved them (P1). */
export interface DragPlayback {
  readonly ids: readonly ElementId[];
  /** Copies of the elements are dragged: the id that the first one gets. Null: they are dragged themselves. */
  readonly copy: ElementId | null;
  receive(transform: Matrix, now: number): void;
  /** Their author let go there; they stay until the commit is here or the author is silent. */
  letGo(transform: Matrix, now: number): void;
  /**
   * The commit is here: what the eye has not yet followed of the way is all that remains to be played, with the
   * elements that the commit changed where it brought copies.
   */
  settle(changed: readonly ElementId[], now: number): void;
  at(now: number): DraggedElements;
  moving(now: number): boolean;
  readonly hasLetGo: boolean;
  readonly isSettled: boolean;
  /** From then on it is nothing any more: all is played, or its author has been silent. */
  readonly overAt: number;
}

export const createDragPlayback = (
  dragged: Pick<DragPlayback, 'ids' | 'copy'>,
  start: number,
): DragPlayback => {
  const { ids, copy } = dragged;
  let from = IDENTITY;
  let to = IDENTITY;
  let playStart = start;
  let playEnd = start;
  let heardAt = start - USUAL_PLAY_MS;
  let hasLetGo = false;
  /** Where the elements were seen when their commit came. */
  let seenLast: Matrix | null = null;
  let shown: DraggedElements = { ids, transform: IDENTITY, copy };

  const transformAt = (now: number): Matrix => {
    if (now >= playEnd) return to;
    const part = Math.max(0, (now - playStart) / (playEnd - playStart));
    // Every point goes straight to its next place: a turn of 30 degrees between two frames leaves its circle by 3.4 %.
    return from.map((value, index) => value + ((to[index] ?? 0) - value) * part) as unknown as Matrix;
  };

  const play = (start: Matrix, end: Matrix, now: number, lasting: number): void => {
    from = start;
    to = end;
    playStart = now;
    playEnd = now + lasting;
  };

  const receive = (transform: Matrix, now: number): void => {
    play(transformAt(now), transform, now, Math.min(LONGEST_PLAY_MS, now - heardAt));
    heardAt = now;
  };

  /** The elements are at `committed` now, and were seen at `seenLast`. */
  const glide = (committed: Matrix, now: number): void => {
    const back = invertMatrix(committed);
    const left = seenLast && back ? compose(seenLast, back) : IDENTITY;
    play(left.every(Number.isFinite) ? left : IDENTITY, IDENTITY, now, USUAL_PLAY_MS);
  };

  return {
    ids,
    copy,
    receive,
    letGo: (transform, now) => {
      hasLetGo = true;
      if (seenLast === null) receive(transform, now);
      // Its commit overtook it, or came with it.
      else if (now < playEnd) glide(transform, playStart);
    },
    settle: (changed, now) => {
      if (seenLast !== null) return;
      const target = to;
      seenLast = transformAt(now);
      if (copy !== null) shown = { ids: changed, transform: seenLast, copy: null };
      glide(target, now);
    },
    at: (now) => {
      const transform = transformAt(now);
      if (!transform.every((value, index) => value === shown.transform[index]))
        shown = { ...shown, transform };
      return shown;
    },
    moving: (now) => now < playEnd,
    get hasLetGo() {
      return hasLetGo;
    },
    get isSettled() {
      return seenLast !== null;
    },
    get overAt() {
      return seenLast === null ? heardAt + SILENCE_MS : playEnd;
    },
  };
};

/** The map that does `inner` first and `outer` after it. */
const compose = ([a, b, c, d, e, f]: Matrix, inner: Matrix): Matrix => [
  a * inner[0] + c * inner[1],
  b * inner[0] + d * inner[1],
  a * inner[2] + c * inner[3],
  b * inner[2] + d * inner[3],
  a * inner[4] + c * inner[5] + e,
  b * inner[4] + d * inner[5] + f,
];
