import type { Board, Conflict, Pair, Presence } from '@inkwire/core';
import type { Notices, Timers } from './notices.js';

/** Conflicts that come within this time (ms) are told as one. */
const TOGETHER = 400;

/** What somebody did to what I was changing, by the register that shows it. */
const DEEDS: Readonly<Record<string, string>> = {
  removed: 'removed what you were changing',
  position: 'moved what you moved',
  size: 'resized what you changed',
  points: 'changed the line that you changed',
  rotation: 'turned what you turned',
  order: 'put something else in front',
  parent: 'grouped what you grouped',
  locked: 'locked or unlocked it too',
};

/**
 * Says quietly when something of mine lost to what somebody else did at the same time (C8), with the way to have mine
 * again, until `stop`.
 */
export function watchConflicts(
  board: Board,
  presence: Presence | null,
  notices: Notices,
  timers: Timers,
  clock: () => number,
): () => void {
  let waiting: Conflict[] = [];
  let timer: number | undefined;

  function tell(): void {
    timer = undefined;
    const conflicts = waiting;
    waiting = [];
    const [first] = conflicts;
    if (first === undefined) return;
    const who = nameOf(first.user);
    const deeds = new Set(conflicts.map(({ register }) => DEEDS[register] ?? 'changed what you changed'));
    const [deed] = deeds;
    const text =
      deeds.size === 1
        ? `${who} ${deed} at the same time.`
        : `${who} changed what you changed at the same time.`;
    notices.show(text, {
      label: 'Keep mine',
      run() {
        let undo: 'step' | 'merge' = 'step';
        for (const conflict of conflicts) if (conflict.restore(undo)) undo = 'merge';
      },
    });
  }

  function nameOf(user: string | null): string {
    const others = presence?.others(clock()) ?? [];
    return others.find((other) => other.user.id === user)?.user.name ?? 'Somebody';
  }

  const stop = board.onConflict((conflict) => {
    if (followsText(board, conflict)) return;
    waiting.push(conflict);
    timer ??= timers.setTimeout(tell, TOGETHER);
  });
  return () => {
    stop();
    timers.clearTimeout(timer);
  };
}

/** Boxes that follow what is written in them: two people who write have both words there, and resized nothing. */
function followsText(board: Board, { id, register, mine, theirs }: Conflict): boolean {
  if (register === 'labelSize') return true;
  const element = board.get(id);
  if (register !== 'size' || element?.kind !== 'text') return false;
  return element.fit === 'content' || (mine as Pair)[0] === (theirs as Pair)[0];
}
