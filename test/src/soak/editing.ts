import { setTimeout as delay } from 'node:timers/promises';
import type {} from '@inkwire/playground/window';
import { openPerson, type Person } from '../browser/person.js';
import { startSystem } from '../browser/system.js';
import { heldByPage, watchPage } from './held-by-page.js';
import { createRandomHands } from './random-hands.js';
import { seededRandom } from './seeded-random.js';

export interface SoakOptions {
  /** How long the three go on. */
  readonly minutes: number;
  /** Of what each of them does; how it falls together depends on the machine too. */
  readonly seed: number;
  readonly log?: (line: string) => void;
}

const PEOPLE = ['ana', 'ben', 'carla'];
/** Between two words about how it goes. */
const REPORT_MS = 30_000;
/** What is still under way when the hands rest has this long to arrive. */
const ARRIVAL_MS = 30_000;

/**
 * Three people in browser contexts of their own do random things to one board of the running system. In the end their
 * boards are equal, nothing was thrown, and once their views and connections are destroyed nothing of them is left:
 * no listener, observer, timer or frame.
 */
export const run = async ({ minutes, seed, log = console.log }: SoakOptions): Promise<void> => {
  log(`editing: ${PEOPLE.join(', ')} for ${minutes} min, seed ${seed}`);
  const system = await startSystem();
  try {
    const people = await Promise.all(
      PEOPLE.map((id) =>
        openPerson(system.browser, system.playground.url, { id, board: `soak-${seed}`, prepare: watchPage }),
      ),
    );
    const deeds = new Map<string, number>();
    const end = Date.now() + minutes * 60_000;
    const reports = setInterval(() => {
      log(`${[...deeds.values()].reduce((sum, count) => sum + count, 0)} deeds`);
    }, REPORT_MS);
    try {
      await Promise.all(
        people.map((person, index) =>
          keepBusy(person, seed * PEOPLE.length + index, end, (deed) =>
            deeds.set(deed, (deeds.get(deed) ?? 0) + 1),
          ),
        ),
      );
    } finally {
      clearInterval(reports);
    }
    for (const person of people) await person.reaches({ connection: 'live', saving: 'saved', waiting: '0' });
    const size = await equalBoards(people);
    for (const person of people) await leaveNothing(person);
    people.forEach(failOnIncident);
    for (const [name, count] of [...deeds].sort()) log(`${name}: ${count}`);
    log(`editing: three equal boards of ${size} elements, no error, nothing left behind (seed ${seed})`);
  } catch (cause) {
    throw new Error(`Editing with seed ${seed}: ${(cause as Error).message}`, { cause });
  } finally {
    await system.stop();
  }
};

/** One thing after the other until `end` (ms since 1970). */
async function keepBusy(
  person: Person,
  seed: number,
  end: number,
  done: (deed: string) => void,
): Promise<void> {
  await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const hands = await createRandomHands(person.page, seededRandom(seed));
  while (Date.now() < end) {
    done(await hands.act());
    failOnIncident(person);
  }
  await hands.rest();
}

function failOnIncident({ id, incidents }: Person): void {
  if (incidents.errors.length > 0) throw new Error(`On ${id}'s page: ${incidents.errors.join('\n')}`);
  if (incidents.loads > 1) throw new Error(`${id}'s page was loaded again.`);
}

/** Waits until all have the same elements, and returns how many. */
async function equalBoards(people: readonly Person[]): Promise<number> {
  const deadline = Date.now() + ARRIVAL_MS;
  for (;;) {
    const boards = await Promise.all(people.map((person) => person.elements()));
    const [first = []] = boards;
    if (boards.every((board) => JSON.stringify(board) === JSON.stringify(first))) return first.length;
    if (Date.now() > deadline) {
      const everywhere = boards.reduce((common, board) => common.filter((each) => board.includes(each)));
      const sizes = boards.map((board) => `${board.length}`).join(', ');
      throw new Error(`The boards have ${sizes} elements, ${everywhere.length} of them the same.`);
    }
    await delay(100);
  }
}

/** Destroys view, connection and board, after which the page holds nothing that was theirs. */
async function leaveNothing({ id, page }: Person): Promise<void> {
  await page.evaluate(async (name) => {
    const pane = window.inkwire[name]!;
    pane.component.remove();
    await pane.connection.destroy();
    pane.board.destroy();
  }, id);
  const held = await heldByPage(page);
  if (held.length > 0) throw new Error(`${id}'s page still holds:\n${held.join('\n')}`);
}
