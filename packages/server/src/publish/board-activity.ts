import { parseChannelName } from '../access/channel-name.js';
import type { Timer } from './timer.js';

/** At most one `whiteboard.edited` per person and board in this time (E4). */
export const EDITED_EVERY_MS = 5_000;

/** Where many edit at once, each of them is told of so much less often that this is the time between two events. */
const EVENTS_APART_MS = 1_000;

/** Turns what people do on boards into events, without a flood of them. */
export interface BoardActivity {
  /** Notes that `actor` changed something on the board of `channel`. */
  edited(channel: string, actor: string): void;
  close(): void;
}

/**
 * The first change is told at once; further ones once more, when the time since then has passed.
 *
 * @param tell stores and publishes the event; it may find that another process has just done so
 */
export const createBoardActivity = (
  timer: Timer,
  tell: (channel: string, board: string, actor: string) => void,
): BoardActivity => {
  const resting = new Map<string, { channel: string; again: boolean; cancel: () => void }>();

  const restOn = (channel: string): number => {
    let editing = 1;
    for (const other of resting.values()) if (other.channel === channel) editing += 1;
    return Math.max(EDITED_EVERY_MS, editing * EVENTS_APART_MS);
  };

  const start = (key: string, channel: string, board: string, actor: string): void => {
    tell(channel, board, actor);
    const cancel = timer(restOn(channel), () => {
      const again = resting.get(key)?.again ?? false;
      resting.delete(key);
      if (again) start(key, channel, board, actor);
    });
    resting.set(key, { channel, again: false, cancel });
  };

  return {
    edited(channel, actor) {
      const name = parseChannelName(channel);
      if (name?.kind !== 'board' || actor === '') return;
      const key = JSON.stringify([channel, actor]);
      const known = resting.get(key);
      if (known) known.again = true;
      else start(key, channel, name.id, actor);
    },
    close() {
      for (const { cancel } of resting.values()) cancel();
      resting.clear();
    },
  };
};
