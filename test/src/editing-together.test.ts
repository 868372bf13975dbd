import type { Element, ElementId, StrokeElement } from '@inkwire/core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPerson, type Person } from './browser/person.js';
import { type System, startSystem } from './browser/system.js';
import type { Point } from './editing-page.js';

/** Two people at one board of the running system, each in a browser of their own. */
let system: System;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  system = await startSystem();
  [ana, ben] = (await Promise.all(
    ['ana', 'ben'].map((id) => openPerson(system.browser, system.playground.url, { id, board: 'editing' })),
  )) as [Person, Person];
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
  expect([...ana.incidents.errors, ...ben.incidents.errors]).toEqual([]);
  await ana.page.keyboard.press('v');
  await ana.page.keyboard.press('Control+a');
  await ana.page.keyboard.press('Delete');
  await expect.poll(() => ben.size()).toBe(0);
});

/** The corner of a person's board in their window. */
async function corner({ page }: Person): Promise<Point> {
  const { x, y } = (await page.locator('.inkwire-board').boundingBox())!;
  return [x, y];
}

/** Presses, moves and, unless told otherwise, lifts; nothing is aligned with anything. */
async function drag(person: Person, path: readonly Point[], hold = false): Promise<void> {
  const [left, top] = await corner(person);
  const { mouse, keyboard } = person.page;
  await keyboard.down('Control');
  for (const [i, [x, y]] of path.entries()) {
    await mouse.move(left + x, top + y, { steps: 3 });
    if (i === 0) await mouse.down();
  }
  if (!hold) await mouse.up();
  await keyboard.up('Control');
}

async function lift({ page }: Person): Promise<void> {
  await page.keyboard.down('Control');
  await page.mouse.up();
  await page.keyboard.up('Control');
}

const read = async (person: Person): Promise<Element[]> =>
  (await person.elements()).map((element) => JSON.parse(element) as Element);

/** Ana draws a filled box from (x, y), 120 by 90; both have it, and she has it selected. */
async function drawBox(x: number, y: number): Promise<ElementId> {
  const before = await ben.size();
  await ana.page.keyboard.press('r');
  await ana.page.evaluate(() => window.inkwire.ana!.view.setStyle({ fill: '#ffc9c9' }));
  await drag(ana, [
    [x, y],
    [x + 120, y + 90],
  ]);
  await expect.poll(() => ben.size()).toBe(before + 1);
  return (await read(ana)).at(-1)!.id;
}

const seen = async (person: Person, id: ElementId) => (await read(person)).find((each) => each.id === id);

/** Waits until the server has everything and both have the same; returns that. */
async function settles(): Promise<Element[]> {
  for (const person of [ana, ben]) await person.reaches({ saving: 'saved' });
  const areEqual = async () => (await ana.elements()).join() === (await ben.elements()).join();
  await expect.poll(areEqual).toBe(true);
  return read(ana);
}

/** Watches, frame by frame, whether a place of Ben's board is of the box's colour; ends with the second call. */
const watch = (place: Point) =>
  ben.page.evaluate((place) => {
    const canvas = window.inkwire.ben!.view.element.querySelector('canvas')!;
    const context = canvas.getContext('2d')!;
    const frames: boolean[] = [];
    const state = { frames, on: true };
    const look = () => {
      const [red, green] = context.getImageData(place[0], place[1], 1, 1).data;
      frames.push(red === 255 && green === 201);
      if (state.on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, { watched: state });
  }, place);
const watched = () =>
  ben.page.evaluate(() => {
    const { watched } = window as unknown as { watched: { frames: boolean[]; on: boolean } };
    watched.on = false;
    return watched.frames;
  });

it('Ben sees what Ana drags before she lets go, and it stays where it is when her commit arrives', async () => {
  const id = await drawBox(100, 100);
  await watch([460, 340]);
  await drag(
    ana,
    [
      [160, 145],
      [460, 345],
    ],
    true,
  );
  await expect.poll(async () => (await watchedSoFar()).at(-1)).toBe(true);
  expect(await seen(ben, id)).toMatchObject({ position: [100, 100] });
  await lift(ana);
  await expect.poll(async () => (await seen(ben, id))?.position).toEqual([400, 300]);
  const arrived = (await watchedSoFar()).length;
  await expect.poll(async () => (await watchedSoFar()).length).toBeGreaterThan(arrived + 20);
  const frames = await watched();
  // Once there, it is never gone for a frame.
  expect(frames.slice(frames.indexOf(true)).filter((shown) => !shown)).toEqual([]);
  await settles();
});

const watchedSoFar = () =>
  ben.page.evaluate(() => (window as unknown as { watched: { frames: boolean[] } }).watched.frames);

it('C5: a drag goes on while Ben restyles and moves the same element, and what both did holds', async () => {
  const id = await drawBox(100, 100);
  await drag(
    ana,
    [
      [160, 145],
      [200, 245],
    ],
    true,
  );
  await ben.page.evaluate((id) => {
    const { view } = window.inkwire.ben!;
    view.select([id]);
    view.setStyle({ fill: '#a5d8ff' });
    view.run('nudge.right.far');
  }, id);
  await expect.poll(async () => (await seen(ana, id))?.position).toEqual([110, 100]);
  await lift(ana);
  const [box] = await settles();
  expect(box).toMatchObject({ id, fill: '#a5d8ff', position: [150, 200] });
});

it('C5: what Ben removes leaves the hand of Ana, who moves the rest', async () => {
  const first = await drawBox(100, 100);
  const second = await drawBox(400, 100);
  await ana.page.keyboard.press('Control+a');
  await drag(
    ana,
    [
      [160, 145],
      [160, 345],
    ],
    true,
  );
  await ben.page.evaluate((id) => {
    window.inkwire.ben!.view.select([id]);
    window.inkwire.ben!.view.run('delete');
  }, first);
  await expect.poll(() => ana.size()).toBe(1);
  await lift(ana);
  expect(await settles()).toMatchObject([{ id: second, position: [400, 300] }]);
});

it('both turn and stretch one element at once, by hand, and end with the same', async () => {
  const id = await drawBox(300, 200);
  await ben.page.evaluate((id) => window.inkwire.ben!.view.select([id]), id);
  const stretch: Point[] = [
    [420, 290],
    [500, 350],
  ];
  const turn: Point[] = [
    [360, 174],
    [431, 245],
  ];
  await Promise.all([drag(ana, stretch, true), drag(ben, turn, true)]);
  await Promise.all([lift(ana), lift(ben)]);
  const [box] = await settles();
  expect(box!.rotation).toBeGreaterThan(1);
  expect(box!.size[0]).toBeGreaterThan(150);
});

it('a stroke keeps every point while Ben moves what lies under it', async () => {
  await drawBox(300, 200);
  await ana.page.keyboard.press('p');
  const path = Array.from({ length: 20 }, (_, i): Point => [200 + i * 16, 250 + 30 * Math.sin(i / 2)]);
  const theirs = drag(ben, [
    [360, 245],
    [420, 400],
    [500, 300],
  ]);
  await drag(ana, path);
  await theirs;
  const stroke = (await settles()).find(({ kind }) => kind === 'stroke') as StrokeElement;
  expect(stroke.size[0]).toBeCloseTo(19 * 16, 0);
});

it('an arrow that Ana draws follows what Ben drags meanwhile, and is bound to it', async () => {
  const id = await drawBox(400, 200);
  await ana.page.keyboard.press('a');
  await drag(
    ana,
    [
      [100, 100],
      [460, 245],
    ],
    true,
  );
  await drag(ben, [
    [460, 245],
    [460, 345],
  ]);
  await expect.poll(async () => (await seen(ana, id))?.position).toEqual([400, 300]);
  const [left, top] = await corner(ana);
  await ana.page.mouse.move(left + 460, top + 345);
  await ana.page.mouse.up();
  const arrow = (await settles()).find(({ kind }) => kind === 'arrow');
  expect(arrow).toMatchObject({ endBinding: { element: id, anchor: [0.5, 0.5] } });
});
