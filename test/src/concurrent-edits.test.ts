import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deed, Edit } from '../../packages/core/src/testing/concurrent-edits.js';
import { type System, startSystem } from './browser/system.js';
import { type Meeting, meetingsOf } from './concurrent-edits/meetings.js';
import { openRoom, type Room, WAYS } from './concurrent-edits/room.js';
import { isUndo } from './concurrent-edits/shows.js';
import type { Subject, Who } from './concurrent-edits/subject.js';
import { differences, differencesRestored } from './concurrent-edits/verdict.js';

/** The table of `docs/spec.md`, played by two people with mouse and keyboard on two screens of the running system. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.stop());

/** Hundreds of edits by hand take minutes where a machine has other things to do. */
const PATIENCE_MS = 300_000;

/** A meeting and what it is on. */
type Played = readonly [Meeting, Subject];

/** One person does their part of the meetings that are theirs now, in the order of the list. */
async function play(
  room: Room,
  who: Who,
  meetings: readonly Played[],
  editOf: (meeting: Meeting) => Deed | undefined,
): Promise<void> {
  const { edit } = room.hands[who];
  for (const [meeting, subject] of meetings) {
    const name = editOf(meeting);
    if (name !== undefined) await edit[name as Edit](subject, who);
  }
}

/** What both see before anything happens at once. */
async function prepare(room: Room, meetings: readonly Played[]): Promise<void> {
  for (const step of [0, 1]) {
    const isTheirs = (who: Who) => (meeting: Meeting) => {
      const [by, edit] = meeting.before[step] ?? [];
      return by === who ? edit : undefined;
    };
    // All at once: nobody's screen is painted for each of it.
    await room.apart('online', async () => {
      await Promise.all(([0, 1] as const).map((who) => play(room, who, meetings, isTheirs(who))));
    });
    await room.settled();
  }
}

/** Everything that happens while neither hears of the other. Whoever undoes does that first, before other steps of theirs. */
async function collide(room: Room, meetings: readonly Played[]): Promise<void> {
  const { hands } = room;
  const undo = (who: Who) => hands[who].undo(meetings.filter(([{ deeds }]) => isUndo(deeds[who])).length);
  /** What they do where the other one undoes. */
  const meetUndo = (who: Who) =>
    play(room, who, meetings, ({ before, deeds }) =>
      before.length > 0 && !isUndo(deeds[who]) ? deeds[who] : undefined,
    );
  const meetEdit = (who: Who, isNewer: boolean) =>
    play(room, who, meetings, ({ before, deeds, newer }) =>
      before.length === 0 && (newer === who) === isNewer ? deeds[who] : undefined,
    );
  await undo(1);
  await meetUndo(1);
  await undo(0);
  await Promise.all([meetUndo(0).then(() => meetEdit(0, false)), meetEdit(1, false)]);
  await Promise.all([meetEdit(0, true), meetEdit(1, true)]);
}

it.each(WAYS)(
  'C4, C6, C7, C8: two people at one element, %s: both see what the table says',
  async (way) => {
    const room = await openRoom(system, `concurrent-${way.replaceAll(' ', '-')}`);
    const pairs = meetingsOf(way === 'online');
    const subjects = await room.draw(pairs.map(({ pair }) => pair));
    const meetings = pairs.map((meeting, i): Played => [meeting, subjects[i]!]);
    await prepare(room, meetings);
    await room.apart(way, () => collide(room, meetings));

    const then = await room.settled();
    const { count, inked } = await room.compared();
    const told = await room.told();
    await room.restore();
    const restored = await room.settled();
    const wrong = meetings.flatMap(([meeting, subject]) => [
      ...differences(meeting, subject, then, told),
      ...differencesRestored(meeting, subject, restored),
    ]);
    expect(wrong).toEqual([]);
    expect(inked).toBeGreaterThan(1_000);
    expect(count, 'pixels that differ').toBe(0);
    await room.close();
  },
  PATIENCE_MS,
);
