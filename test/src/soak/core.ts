import { createBoardRoom } from './board-room.js';
import { seededRandom } from './seeded-random.js';

export interface SoakOptions {
  /** How long to go on. */
  readonly minutes: number;
  /** The first room's; each following room has the next. */
  readonly seed: number;
  readonly log?: (line: string) => void;
}

const PEOPLE = 5;
/** A room is given up after this many steps for a new one with an empty board. */
const STEPS = 4_000;
const CHECK_EVERY = 1_000;

/** One room of a seed: throws, naming the seed, when anything that must hold does not. */
export const soakRoom = (
  seed: number,
  steps: number,
  checkEvery: number,
): Readonly<Record<string, number>> => {
  const room = createBoardRoom(PEOPLE, seededRandom(seed));
  let step = 0;
  try {
    for (step = 1; step <= steps; step += 1) {
      room.step();
      if (step % checkEvery === 0) room.check();
    }
    room.check();
  } catch (cause) {
    throw new Error(`Room of seed ${seed}, step ${step}: ${(cause as Error).message}`, { cause });
  }
  return { ...room.counts, rooms: 1, 'elements in the end': room.size() };
};

/** Rooms of random people doing random things, for as long as asked. */
export const run = ({ minutes, seed, log = console.log }: SoakOptions): void => {
  const end = Date.now() + minutes * 60_000;
  const total: Record<string, number> = {};
  log(`core: rooms of ${PEOPLE} people from seed ${seed} on`);
  for (let room = seed; Date.now() < end; room += 1) {
    for (const [name, count] of Object.entries(soakRoom(room, STEPS, CHECK_EVERY))) {
      total[name] = (total[name] ?? 0) + count;
    }
  }
  for (const [name, count] of Object.entries(total).sort(([a], [b]) => (a < b ? -1 : 1)))
    log(`${name}: ${count}`);
  log(`core: ${total.rooms ?? 0} rooms ended with equal boards, equal digests and no error (seed ${seed})`);
};
