import type { ElementId, StrokeElement } from '@inkwire/core';
import { expect, it } from 'vitest';
import { holdNetwork, makeNetworkHoldable, releaseNetwork } from './browser/held-network.js';
import type { Point } from './editing-page.js';
import { corner, drag, hold, holdWith, lift, read, seen, useTogether } from './together.js';

const together = useTogether({ prepare: makeNetworkHoldable });
const { drawBox, settles } = together;

/** Watches, frame by frame, whether a place of Ben's board is of the box's colour; ends with the second call. */
const watch = (place: Point) =>
  together.ben.page.evaluate((place) => {
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
  together.ben.page.evaluate(() => {
    const { watched } = window as unknown as { watched: { frames: boolean[]; on: boolean } };
    watched.on = false;
    return watched.frames;
  });

it('Ben sees what Ana drags before she lets go, and it stays where it is when her commit arrives', async () => {
  const { ana, ben } = together;
  const id = await drawBox(100, 100);
  await watch([460, 340]);
  await hold(ana, [160, 145], [460, 345]);
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

it('P1: Ben sees the copies that Ana drags before they are made, and they stay where they are when they are', async () => {
  const { ana, ben } = together;
  const keys = ['Control', 'Alt'];
  const id = await drawBox(100, 100);
  await watch([460, 340]);
  await holdWith(keys, ana, [160, 145], [460, 345]);
  for (const key of keys) await ana.page.keyboard.down(key);
  await expect.poll(async () => (await dragsSeen()).map((drag) => drag?.copy)).toEqual([expect.any(String)]);
  await expect.poll(async () => (await watchedSoFar()).at(-1)).toBe(true);
  const begun = (await watchedSoFar()).length;
  expect(await read(ben)).toHaveLength(1);
  await lift(ana, keys);
  await expect.poll(async () => (await read(ben)).map(({ position }) => position)).toContainEqual([400, 300]);
  expect(await seen(ben, id)).toMatchObject({ position: [100, 100] });
  const arrived = (await watchedSoFar()).length;
  await expect.poll(async () => (await watchedSoFar()).length).toBeGreaterThan(arrived + 20);
  expect((await watched()).slice(begun).filter((shown) => !shown)).toEqual([]);
  await settles();
  // What is held lies above the others: nothing of that may stay.
  expect(await dragsSeen()).toEqual([null]);
});

/** What Ben sees in the hands of the others. */
const dragsSeen = () =>
  together.ben.page.evaluate(() =>
    window.inkwire.ben!.connection.presence.others(Date.now()).map(({ drag }) => drag),
  );

const watchedSoFar = () =>
  together.ben.page.evaluate(() => (window as unknown as { watched: { frames: boolean[] } }).watched.frames);

it('C5: a drag goes on while Ben restyles and moves the same element, and what both did holds', async () => {
  const { ana, ben } = together;
  const id = await drawBox(100, 100);
  await hold(ana, [160, 145], [200, 245]);
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
  const { ana, ben } = together;
  const first = await drawBox(100, 100);
  const second = await drawBox(400, 100);
  await ana.page.keyboard.press('Control+a');
  await hold(ana, [160, 145], [160, 345]);
  await ben.page.evaluate((id) => {
    window.inkwire.ben!.view.select([id]);
    window.inkwire.ben!.view.run('delete');
  }, first);
  await expect.poll(() => ana.size()).toBe(1);
  await lift(ana);
  expect(await settles()).toMatchObject([{ id: second, position: [400, 300] }]);
});

it('both turn and stretch one element at once, by hand, and end with the same', async () => {
  const { ana, ben } = together;
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
  await Promise.all([hold(ana, ...stretch), hold(ben, ...turn)]);
  await Promise.all([lift(ana), lift(ben)]);
  const [box] = await settles();
  expect(box!.rotation).toBeGreaterThan(1);
  expect(box!.size[0]).toBeGreaterThan(150);
});

it('a stroke keeps every point while Ben moves what lies under it', async () => {
  const { ana, ben } = together;
  await drawBox(300, 200);
  await ana.page.keyboard.press('p');
  const path = Array.from({ length: 20 }, (_, i): Point => [200 + i * 16, 250 + 30 * Math.sin(i / 2)]);
  const theirs = drag(ben, [360, 245], [420, 400], [500, 300]);
  await drag(ana, ...path);
  await theirs;
  const stroke = (await settles()).find(({ kind }) => kind === 'stroke') as StrokeElement;
  expect(stroke.size[0]).toBeCloseTo(19 * 16, 0);
});

it('an arrow that Ana draws follows what Ben drags meanwhile, and is bound to it', async () => {
  const { ana, ben } = together;
  const id = await drawBox(400, 200);
  await ana.page.keyboard.press('a');
  await hold(ana, [100, 100], [460, 245]);
  await drag(ben, [460, 245], [460, 345]);
  await expect.poll(async () => (await seen(ana, id))?.position).toEqual([400, 300]);
  const [left, top] = await corner(ana);
  await ana.page.mouse.move(left + 460, top + 345);
  await ana.page.mouse.up();
  const arrow = (await settles()).find(({ kind }) => kind === 'arrow');
  expect(arrow).toMatchObject({ endBinding: { element: id, anchor: [0.5, 0.5] } });
});

/** Ben nudges an element by ten to the right, and Ana has it. */
async function benNudges(id: ElementId, to: Point): Promise<void> {
  const { ana, ben } = together;
  await ben.page.evaluate((id) => {
    window.inkwire.ben!.view.select([id]);
    window.inkwire.ben!.view.run('nudge.right.far');
  }, id);
  await expect.poll(async () => (await seen(ana, id))?.position).toEqual(to);
}

it('C5: what Ana stretches together is stretched from where Ben puts one of them', async () => {
  const { ana } = together;
  const [first, second] = [await drawBox(100, 100), await drawBox(400, 100)];
  await ana.page.keyboard.press('Control+a');
  await hold(ana, [520, 190], [730, 235]);
  await benNudges(first, [110, 100]);
  await lift(ana);
  const elements = await settles();
  const [one, other] = [first, second].map((id) => elements.find((element) => element.id === id)!);
  // One and a half times as far from the left, and as large.
  expect([one!.position[0], one!.size[0], other!.position[0]].map(Math.round)).toEqual([115, 180, 550]);
});

it('C5: copies that Ana drags are of what Ben has made of the original', async () => {
  const { ana } = together;
  const id = await drawBox(100, 100);
  const keys = ['Control', 'Alt'];
  await holdWith(keys, ana, [160, 145], [360, 345]);
  await benNudges(id, [110, 100]);
  await lift(ana, keys);
  const positions = (await settles()).map((element) => element.position);
  expect(positions).toEqual([
    [110, 100],
    [310, 300],
  ]);
});

it('C5: a frame that Ana drags takes along what is in it from where Ben has it', async () => {
  const { ana } = together;
  const id = await drawBox(300, 200);
  await ana.page.keyboard.press('f');
  await drag(ana, [280, 180], [480, 330]);
  await hold(ana, [300, 170], [340, 270]);
  await benNudges(id, [310, 200]);
  await lift(ana);
  const [frame, box] = await settles();
  expect(frame).toMatchObject({ kind: 'frame', position: [320, 280] });
  expect(box).toMatchObject({ id, parent: frame!.id, position: [350, 300] });
});

it('C5: what Ben locks leaves the hand of Ana', async () => {
  const { ana, ben } = together;
  const id = await drawBox(100, 100);
  await hold(ana, [160, 145], [360, 345]);
  await ben.page.evaluate((id) => {
    window.inkwire.ben!.view.select([id]);
    window.inkwire.ben!.view.run('lock');
  }, id);
  await expect.poll(async () => (await seen(ana, id))?.locked).toBe(true);
  await lift(ana);
  expect(await settles()).toMatchObject([{ id, position: [100, 100] }]);
  await ben.page.evaluate(() => window.inkwire.ben!.view.run('unlock'));
  await expect.poll(async () => (await seen(ana, id))?.locked).toBe(false);
});

it('Ana crops a picture while Ben moves it', async () => {
  const { ana, ben } = together;
  await ana.page.evaluate(async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="150" height="90"/></svg>';
    const file = new File([svg], 'box.svg', { type: 'image/svg+xml' });
    await window.inkwire.ana!.view.takeIn([file], [400, 300]);
  });
  await expect.poll(() => ben.size()).toBe(1);
  const { id, position, size } = (await settles())[0]!;
  const [right, middle] = [position[0] + size[0], position[1] + size[1] / 2];
  const [left, top] = await corner(ana);
  await ana.page.mouse.dblclick(left + right - size[0] / 2, top + middle);
  await hold(ana, [right, middle], [right - size[0] / 4, middle]);
  await benNudges(id, [position[0] + 10, position[1]]);
  await lift(ana);
  const [picture] = await settles();
  // The side is under the pointer, wherever the picture is.
  expect(picture).toMatchObject({
    position: [position[0] + 10, position[1]],
    size: [(size[0] * 3) / 4 - 10, size[1]],
  });
});

it('what Ana aligns, copies and takes back at once holds beside what Ben does to one of them', async () => {
  const { ana, ben } = together;
  const [first, second] = [await drawBox(100, 100), await drawBox(400, 200)];
  for (const { page } of [ana, ben]) await holdNetwork(page);
  for (const keys of [
    'Control+a',
    'Alt+a',
    'Control+d',
    'Shift+h',
    'Control+z',
    'Control+z',
    'Control+Shift+z',
  ])
    await ana.page.keyboard.press(keys);
  await ben.page.evaluate((id) => {
    window.inkwire.ben!.view.select([id]);
    window.inkwire.ben!.view.run('nudge.down.far');
  }, first);
  for (const { page } of [ana, ben]) await releaseNetwork(page);
  await expect.poll(async () => (await seen(ana, first))?.position).toEqual([100, 110]);
  await expect.poll(async () => (await seen(ben, second))?.position).toEqual([100, 200]);
  const copies = (await settles()).filter(({ id }) => id !== first && id !== second);
  expect(copies.map(({ position, size }) => [position, size])).toEqual([
    [
      [116, 116],
      [120, 90],
    ],
    [
      [116, 216],
      [120, 90],
    ],
  ]);
});
