import type { Element, ElementId } from '@inkwire/core';
import type {} from '@inkwire/playground/window';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openPerson, type Person } from './browser/person.js';
import { type System, startSystem } from './browser/system.js';
import type { Point } from './editing-page.js';

/** Two people at one board of the running system, each in a browser of their own, with what their tests do and ask. */
export interface Together {
  readonly ana: Person;
  readonly ben: Person;
  /** Ana draws a filled box from (x, y), 120 by 90; both have it, and she has it selected. */
  drawBox(x: number, y: number): Promise<ElementId>;
  /** Waits until the server has everything and both have the same; returns that. */
  settles(): Promise<Element[]>;
}

/** Opens them for the tests of a file. Every test begins with an empty board, and nothing may have been thrown in it. */
export function useTogether(options: Pick<Parameters<typeof openPerson>[2], 'prepare'> = {}): Together {
  let system: System;
  const together = { drawBox, settles } as Together;

  beforeAll(async () => {
    system = await startSystem();
    const open = (id: string) =>
      openPerson(system.browser, system.playground.url, { id, board: 'together', ...options });
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    Object.assign(together, { ana, ben });
    for (const { page, id } of [ana, ben])
      await page.evaluate((name) => {
        const { view } = window.inkwire[name]!;
        view.setCamera({ x: 0, y: 0, zoom: 1 });
        view.setTool('select');
        view.focus();
      }, id);
  });
  afterAll(() => system?.stop());
  afterEach(async () => {
    const { ana, ben } = together;
    expect([...ana.incidents.errors, ...ben.incidents.errors]).toEqual([]);
    await ana.page.keyboard.press('v');
    await ana.page.keyboard.press('Control+a');
    await ana.page.keyboard.press('Delete');
    await expect.poll(() => ben.size()).toBe(0);
  });

  async function drawBox(x: number, y: number): Promise<ElementId> {
    const { ana, ben } = together;
    const before = await ben.size();
    await ana.page.keyboard.press('r');
    await ana.page.evaluate(() => window.inkwire.ana!.view.setStyle({ fill: '#ffc9c9' }));
    await drag(ana, [x, y], [x + 120, y + 90]);
    await expect.poll(() => ben.size()).toBe(before + 1);
    return (await read(ana)).at(-1)!.id;
  }

  async function settles(): Promise<Element[]> {
    const { ana, ben } = together;
    for (const person of [ana, ben]) await person.reaches({ saving: 'saved' });
    const areEqual = async () => (await ana.elements()).join() === (await ben.elements()).join();
    await expect.poll(areEqual).toBe(true);
    return read(ana);
  }

  return together;
}

/** The corner of a person's board in their window. */
export async function corner({ page }: Person): Promise<Point> {
  const { x, y } = (await page.locator('.inkwire-board').boundingBox())!;
  return [x, y];
}

/** Presses at the first point of their board, goes to the others and lifts. Control is held: nothing is aligned, or bound. */
export const drag = (person: Person, ...path: readonly Point[]): Promise<void> =>
  dragWith(['Control'], person, ...path);

/** The same, with the button left down. */
export const hold = (person: Person, ...path: readonly Point[]): Promise<void> =>
  holdWith(['Control'], person, ...path);

/** The same as {@link drag}, with other keys held. */
export async function dragWith(
  keys: readonly string[],
  person: Person,
  ...path: readonly Point[]
): Promise<void> {
  await holdWith(keys, person, ...path);
  await lift(person, keys);
}

/** The same as {@link hold}, with other keys held. */
export async function holdWith(
  keys: readonly string[],
  person: Person,
  ...path: readonly Point[]
): Promise<void> {
  const [left, top] = await corner(person);
  const { mouse, keyboard } = person.page;
  for (const key of keys) await keyboard.down(key);
  for (const [i, [x, y]] of path.entries()) {
    await mouse.move(left + x, top + y, { steps: 3 });
    if (i === 0) await mouse.down();
  }
  for (const key of keys) await keyboard.up(key);
}

/** Lets go of what a drag holds. */
export async function lift({ page }: Person, keys: readonly string[] = ['Control']): Promise<void> {
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.up();
  for (const key of keys) await page.keyboard.up(key);
}

export const read = async (person: Person): Promise<Element[]> =>
  (await person.elements()).map((element) => JSON.parse(element) as Element);

export const seen = async (person: Person, id: ElementId): Promise<Element | undefined> =>
  (await read(person)).find((each) => each.id === id);
