import type { Point, TrailSample } from '@inkwire/core';

/** How far behind the newest sample a trail is played, at most: the longest usual time between two frames. */
const LONGEST_DELAY_MS = 250;

interface Moment {
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/** A remote cursor, played back at the pace at which it moved (P1). Times are of the receiver's clock. */
export interface TrailPlayback {
  /** A frame packed at `sentAt` of the sender's clock is here: plays its samples from now on. */
  receive(samples: readonly TrailSample[], sentAt: number, now: number): void;
  /** The cursor leaves the board after what is being played. */
  leave(): void;
  at(now: number): Point | null;
  moving(now: number): boolean;
}

export const createTrailPlayback = (): TrailPlayback => {
  let moments: Moment[] = [];
  let gone = true;

  return {
    receive: (samples, sentAt, now) => {
      const first = samples[0];
      if (first === undefined) return;
      const last = moments.at(-1);
      const shown = gone || last === undefined ? null : positionAt(moments, now);
      // The first sample is played now, the last when the next frame is due; after what is still being played, if any.
      const end = now + Math.min(LONGEST_DELAY_MS, Math.max(0, sentAt - first.at));
      let start = Math.max(now, last?.at ?? now);
      if (shown === null || last === undefined) moments = [];
      else if (start < end)
        moments = moments.filter(
          (moment, index) => (moments[index + 1] ?? moment).at > now || moment === last,
        );
      else {
        // Too much waits to be played: what was not is left out, from where the cursor is seen.
        moments = [{ at: now, x: shown[0], y: shown[1] }];
        start = now;
      }
      const pace = (end - start) / Math.max(1, sentAt - first.at);
      for (const { at, x, y } of samples) moments.push({ at: start + (at - first.at) * pace, x, y });
      gone = false;
    },
    leave: () => {
      gone = true;
    },
    at: (now) => {
      const last = moments.at(-1);
      if (last === undefined || (gone && now >= last.at)) return null;
      return positionAt(moments, now);
    },
    moving: (now) => {
      const last = moments.at(-1);
      return last !== undefined && now < last.at;
    },
  };
};

const positionAt = (moments: readonly Moment[], now: number): Point | null => {
  const next = moments.findIndex(({ at }) => at > now);
  const before = moments[next === -1 ? moments.length - 1 : Math.max(0, next - 1)];
  if (before === undefined) return null;
  const after = moments[next];
  if (after === undefined || next === 0 || after.at === before.at) return [before.x, before.y];
  const part = (now - before.at) / (after.at - before.at);
  return [before.x + (after.x - before.x) * part, before.y + (after.y - before.y) * part];
};
