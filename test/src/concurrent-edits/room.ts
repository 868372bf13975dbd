import { fileURLToPath } from 'node:url';
import type { Conflict, Element } from '@inkwire/core';
import type {} from '@inkwire/playground/window';
import { expect } from 'vitest';
import type { Edit } from '../../../packages/core/src/testing/concurrent-edits.js';
import { holdNetwork, makeNetworkHoldable, releaseNetwork } from '../browser/held-network.js';
import { openPerson, type Person } from '../browser/person.js';
import { difference } from '../browser/pixels.js';
import type { System } from '../browser/system.js';
import { createHands, type Hands } from './by-hand.js';
import type { Elements } from './places.js';
import { drawSubject, type Subject } from './subject.js';

declare global {
  interface Window {
    /** What this person was told of, since the last time they were asked. */
    told: Conflict[];
    /** The package's functions, as the page has them. */
    core: typeof import('@inkwire/core');
  }
}

/** How what two people do meets: packets of both are under way, or one of them has no network. */
export const WAYS = ['online', 'one of them offline'] as const;
export type Way = (typeof WAYS)[number];

export type Told = Pick<Conflict, 'id' | 'register'>;

/** Two people at one board, each in a browser of their own. */
export interface Room {
  readonly people: readonly [Person, Person];
  readonly hands: readonly [Hands, Hands];
  /** Draws what each pair meets on; both have it, and nobody can undo it. */
  draw(pairs: readonly (readonly [Edit, Edit])[]): Promise<Subject[]>;
  /** Neither hears of the other until `act` has ended; then both have everything. */
  apart(way: Way, act: () => Promise<void>): Promise<void>;
  /** Waits until the server has everything and both have the same, and returns that. */
  settled(): Promise<Elements>;
  /** How many pixels differ between the two screens, with the whole board on both, and how many are inked. */
  compared(): Promise<{ readonly count: number; readonly inked: number }>;
  /** What each was told of. */
  told(): Promise<readonly [readonly Told[], readonly Told[]]>;
  /** Both take back theirs of what they were told of. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Small: most of the time goes into painting. CSS pixels. */
const WINDOW = { width: 760, height: 600 } as const;

/** Where the development server has the code of core that the page runs. */
const CORE = `/@fs${fileURLToPath(new URL('../../../packages/core/src/index.ts', import.meta.url))}`;

export async function openRoom({ browser, playground }: System, board: string): Promise<Room> {
  const open = (id: string) =>
    openPerson(browser, playground.url, { id, board, ...WINDOW, prepare: makeNetworkHoldable });
  const people = await Promise.all([open('ana'), open('ben')]);
  const hands = await Promise.all([createHands(people[0]), createHands(people[1])]);
  for (const { page, id } of people)
    await page.evaluate((name) => {
      window.told = [];
      window.inkwire[name]!.board.onConflict((conflict) => window.told.push(conflict));
    }, id);

  await people[0].page.addScriptTag({
    type: 'module',
    content: `import * as core from '${CORE}'; window.core = core;`,
  });
  await people[0].page.waitForFunction(() => 'core' in window);

  async function settled(): Promise<Elements> {
    for (const person of people) await person.reaches({ connection: 'live', saving: 'saved', waiting: '0' });
    let boards: string[][] = [];
    const areEqual = async () => {
      boards = await Promise.all(people.map((person) => person.elements()));
      return boards[0]?.join() === boards[1]?.join();
    };
    await expect.poll(areEqual).toBe(true);
    const elements = (boards[0] ?? []).map((element) => JSON.parse(element) as Element);
    return new Map(elements.map((element) => [element.id, element]));
  }

  return {
    people,
    hands,
    async draw(pairs) {
      const drawn = pairs.map((pair, index) => drawSubject(index, pair));
      const made = {
        elements: drawn.flatMap(({ elements }) => elements),
        groups: drawn.flatMap(({ group }) => (group.length === 0 ? [] : [group])),
      };
      await people[0].page.evaluate((json) => {
        const { core, inkwire } = window;
        const { board } = inkwire.ana!;
        const { elements, groups } = JSON.parse(json) as typeof made;
        board.commit(core.addElements(board, elements), { undo: 'none' });
        for (const group of groups) board.commit(core.groupElements(board, group), { undo: 'none' });
      }, JSON.stringify(made));
      await settled();
      return drawn.map(({ subject }) => subject);
    },
    async apart(way, act) {
      if (way === 'online') {
        await Promise.all(people.map(({ page }) => holdNetwork(page)));
        await act();
        await Promise.all(people.map(({ page }) => releaseNetwork(page)));
        return;
      }
      const [away] = people;
      await away.context.setOffline(true);
      await away.reaches({ connection: 'offline' });
      await act();
      await away.context.setOffline(false);
    },
    settled,
    async compared() {
      const pictures = people.map(async ({ page, id, ink }) => {
        await page.evaluate((name) => {
          const { view } = window.inkwire[name]!;
          view.select([]);
          view.fit();
        }, id);
        return ink();
      });
      const [first, second] = await Promise.all(pictures);
      return difference(first!, second!);
    },
    told() {
      const told = ({ page }: Person): Promise<readonly Told[]> =>
        page.evaluate(() => window.told.map(({ id, register }) => ({ id, register })));
      return Promise.all([told(people[0]), told(people[1])]);
    },
    async restore() {
      const restore = ({ page }: Person) =>
        page.evaluate(() => {
          for (const conflict of window.told.splice(0)) conflict.restore();
        });
      await Promise.all(people.map(restore));
    },
    async close() {
      await Promise.all(people.map((person) => person.close()));
      expect(people.flatMap(({ incidents }) => incidents.errors)).toEqual([]);
    },
  };
}
