import type { InkPoint, LiveInk, LivePiece } from '@inkwire/core';
import { SILENCE_MS } from './silence.js';

/** A piece is played over the time since the one before it, at most this. */
const LONGEST_PLAY_MS = 250;

/** A stroke that somebody else is drawing, played back as it was drawn. */
export interface InkPlayback {
  receive(piece: LivePiece, now: number): void;
  /** Its author says that it is complete; it stays until the element is there or its author is silent. */
  end(now: number): void;
  at(now: number): LiveInk;
  moving(now: number): boolean;
  /** From then on it is nothing any more: its author has been silent. */
  readonly overAt: number;
}

export const createInkPlayback = (first: LivePiece, start: number): InkPlayback => {
  let { points: _, from: __, ...look } = first;
  let points: InkPoint[] = [];
  let heardAt = start;
  let playedFrom = 0;
  let playStart = start;
  let playEnd = start;
  let seen: LiveInk | null = null;

  const count = (now: number): number => {
    if (now >= playEnd) return points.length;
    const part = Math.max(0, (now - playStart) / (playEnd - playStart));
    return playedFrom + Math.floor((points.length - playedFrom) * part);
  };

  const receive = (piece: LivePiece, now: number): void => {
    const { points: added, from, ...rest } = piece;
    look = rest;
    playedFrom = Math.max(1, count(now));
    // A hole is bridged by a straight line; what is told twice is taken as told last.
    points = [...points.slice(0, from), ...added];
    playedFrom = Math.min(playedFrom, points.length);
    playEnd = now + Math.min(LONGEST_PLAY_MS, now - heardAt);
    playStart = now;
    heardAt = now;
    seen = null;
  };
  receive(first, start);

  return {
    receive,
    end: (now) => {
      playEnd = Math.min(playEnd, now);
      seen = null;
    },
    at: (now) => {
      const shown = count(now);
      // The same object while it looks the same, so that who draws it can tell.
      if (seen?.points.length !== shown) seen = { ...look, points: points.slice(0, shown) };
      return seen;
    },
    moving: (now) => now < playEnd,
    get overAt() {
      return heardAt + SILENCE_MS;
    },
  };
};
