import { type ElementId, inkOf, type LineElement, type StrokeElement, type TextRun } from '@inkwire/core';
import { expect, it } from 'vitest';
import { createDigitizer, type PenSample } from './browser/digitizer.js';
import { holdNetwork, makeNetworkHoldable, releaseNetwork } from './browser/held-network.js';
import type { Person } from './browser/person.js';
import type { Point } from './editing-page.js';
import { corner, drag, dragWith, hold, holdWith, lift, read, seen, useTogether } from './together.js';

/** Each tool in Ana's hand while Ben is at the same elements. */
const together = useTogether({ prepare: makeNetworkHoldable });
const { drawBox, settles } = together;

const selectionOf = ({ page, id }: Person) =>
  page.evaluate((name) => window.inkwire[name]!.view.selection, id);
const textOf = (element: object | undefined): string =>
  ((element as { text?: readonly TextRun[] } | undefined)?.text ?? []).map(({ insert }) => insert).join('');

/** Ben selects something and presses keys. */
async function benPresses(ids: readonly ElementId[], ...keys: readonly string[]): Promise<void> {
  const { page } = together.ben;
  await page.evaluate((ids) => {
    window.inkwire.ben!.view.select(ids);
    window.inkwire.ben!.view.focus();
  }, ids);
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until what Ben did is on Ana's board. */
const anaSees = (id: ElementId, expected: object) =>
  expect.poll(() => seen(together.ana, id)).toMatchObject(expected);

it.each([
  ['r', 'shape'],
  ['o', 'shape'],
  ['g', 'shape'],
  ['f', 'frame'],
  ['l', 'line'],
  ['m', 'stroke'],
])(
  'what Ana draws with the tool of %s over a box comes to be, and what Ben does to the box meanwhile holds',
  async (key, kind) => {
    const { ana } = together;
    const id = await drawBox(300, 200);
    await ana.page.keyboard.press(key);
    await hold(ana, [280, 180], [460, 330]);
    await benPresses([id], 'Shift+ArrowRight');
    await anaSees(id, { position: [310, 200] });
    await lift(ana);
    const elements = await settles();
    expect(elements.map((element) => element.kind).sort()).toEqual(['shape', kind].sort());
    expect(elements.find((each) => each.id === id)).toMatchObject({ position: [310, 200], size: [120, 90] });
    expect(elements.find((each) => each.id !== id)!.size.map(Math.round)).toEqual([180, 150]);
  },
);

it.each([
  ['t', 'text'],
  ['s', 'sticky'],
])('what Ana writes with the tool of %s stays hers while Ben writes in it too', async (key, kind) => {
  const { ana, ben } = together;
  const [left, top] = await corner(ana);
  await ana.page.keyboard.press(key);
  await ana.page.mouse.click(left + 300, top + 250);
  await ana.page.keyboard.type('Ana was here');
  await expect.poll(async () => (await read(ben)).map(textOf)).toEqual(['Ana was here']);
  const { id } = (await read(ben))[0]!;
  await benPresses([id], 'Enter');
  await Promise.all([
    ben.page.keyboard.type(' and Ben'),
    ana.page.keyboard.press('Home').then(() => ana.page.keyboard.type('Yes: ')),
  ]);
  for (const { page } of [ana, ben]) await page.keyboard.press('Escape');
  const [element] = await settles();
  expect([element!.kind, textOf(element)]).toEqual([kind, 'Yes: Ana was here and Ben']);
});

it('C7: what Ben removes while Ana writes in it is gone, and comes back with her next letter', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.type('To be');
  await expect.poll(async () => textOf(await seen(ben, id))).toBe('To be');
  await benPresses([id], 'Delete');
  await expect.poll(() => ana.size()).toBe(0);
  await ana.page.keyboard.type('!');
  await ana.page.keyboard.press('Escape');
  expect((await settles()).map(textOf)).toEqual(['To be!']);
});

it('a pen keeps every point and its pressure while a finger of Ben drags what lies under it', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  await ana.page.keyboard.press('p');
  const [left, top] = await corner(ana);
  const path = Array.from(
    { length: 24 },
    (_, i): PenSample => [left + 200 + i * 12, top + 250, 0.2 + i / 40],
  );
  const [pen, finger] = [await createDigitizer(ana.page), await createDigitizer(ben.page)];
  const steps = Array.from({ length: 8 }, (_, i) => [[left + 360 + i * 10, top + 245 + i * 15] as const]);
  await Promise.all([pen.pen(path), finger.touch(steps)]);
  const elements = await settles();
  const stroke = elements.find(({ kind }) => kind === 'stroke') as StrokeElement;
  expect(stroke.size[0]).toBeCloseTo(23 * 12, 0);
  // Bytes come from a page as a list.
  const { pressure } = inkOf({ ...stroke, ink: Uint8Array.from(String(stroke.ink).split(','), Number) });
  expect(pressure!.at(-1)! - pressure![0]!).toBeGreaterThan(0.4);
  const [, y] = elements.find((each) => each.id === id)!.position;
  expect(y).toBeGreaterThan(280);
});

it('two fingers of Ana move and zoom her page while Ben drags what she looks at', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  const [left, top] = await corner(ana);
  const fingers = await createDigitizer(ana.page);
  const spread = [0, 20, 40].map(
    (d) =>
      [
        [left + 300 - d, top + 250],
        [left + 400 + d, top + 250],
      ] as const,
  );
  await Promise.all([fingers.touch(spread), drag(ben, [360, 245], [400, 345])]);
  expect((await ana.page.evaluate(() => window.inkwire.ana!.view.camera)).zoom).toBeGreaterThan(1.5);
  expect(await settles()).toMatchObject([{ id, position: [340, 300] }]);
  await ana.page.evaluate(() => window.inkwire.ana!.view.setCamera({ x: 0, y: 0, zoom: 1 }));
});

it('what Ana erases is gone, wherever Ben has moved it meanwhile', async () => {
  const { ana } = together;
  const [first, second] = [await drawBox(200, 200), await drawBox(500, 200)];
  await ana.page.keyboard.press('e');
  await holdWith([], ana, [260, 245], [270, 250]);
  await benPresses([first], 'Shift+ArrowDown');
  await anaSees(first, { position: [200, 210] });
  await lift(ana, []);
  expect(await settles()).toMatchObject([{ id: second }]);
});

it('a part that Ana erases of a stroke is gone, and what Ben does to the stroke holds', async () => {
  const { ana, ben } = together;
  await ana.page.keyboard.press('p');
  await drag(ana, [200, 200], [400, 200]);
  await expect.poll(() => ben.size()).toBe(1);
  const { id } = (await read(ben))[0]!;
  await ana.page.keyboard.press('Shift+E');
  await holdWith([], ana, [300, 170], [300, 230]);
  await benPresses([id], 'Shift+ArrowDown', 'Shift+BracketRight');
  await anaSees(id, { position: [200, 210] });
  await lift(ana, []);
  const [stroke] = (await settles()) as StrokeElement[];
  expect(stroke).toMatchObject({ id, position: [200, 210] });
  expect(stroke!.cuts).toHaveLength(1);
});

it('the laser is seen by Ben while he drags, and leaves nothing', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  const live = () =>
    ben.page.evaluate(() =>
      window.inkwire.ben!.connection.presence.others(Date.now()).some(({ liveInk }) => liveInk.length > 0),
    );
  await ana.page.keyboard.press('k');
  await Promise.all([hold(ana, [200, 150], [400, 180], [500, 300]), hold(ben, [360, 245], [400, 245])]);
  await expect.poll(live).toBe(true);
  await Promise.all([lift(ana), lift(ben)]);
  await expect.poll(live).toBe(false);
  expect(await settles()).toMatchObject([{ id, position: [340, 200] }]);
});

it.each([
  [
    'a box',
    'v',
    [
      [180, 180],
      [700, 180],
      [700, 320],
    ],
  ],
  [
    'a lasso',
    'Shift+Q',
    [
      [180, 180],
      [700, 180],
      [700, 320],
      [180, 320],
      [180, 190],
    ],
  ],
] as const)(
  '%s of Ana selects what is there when she lets go; Ben removes some of it, and sees the rest selected',
  async (_, key, path) => {
    const { ana, ben } = together;
    const [first, second] = [await drawBox(200, 200), await drawBox(500, 200)];
    await ana.page.keyboard.press('Escape');
    await ana.page.keyboard.press(key);
    await holdWith([], ana, ...path);
    await benPresses([first], 'Delete');
    await expect.poll(() => ana.size()).toBe(1);
    await ana.page.mouse.up();
    await expect.poll(() => selectionOf(ana)).toEqual([second]);
    const chosen = () =>
      ben.page.evaluate(() =>
        window.inkwire.ben!.connection.presence.others(Date.now()).map(({ selection }) => selection),
      );
    await expect.poll(chosen).toEqual([[second]]);
    await settles();
  },
);

it('P4: Ben follows the hand that moves Ana’s page, until he drags something himself', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  const camera = ({ page, id }: Person) => page.evaluate((name) => window.inkwire[name]!.view.camera, id);
  await ben.page.evaluate(() => {
    const { connection, view } = window.inkwire.ben!;
    view.follow(connection.presence.others(Date.now())[0]!.session);
  });
  await ana.page.keyboard.press('h');
  await dragWith([], ana, [400, 400], [350, 370]);
  expect(await camera(ana)).toEqual({ x: 50, y: 30, zoom: 1 });
  await expect.poll(() => camera(ben).then(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([50, 30]);
  await drag(ben, [310, 215], [350, 215]);
  expect(await ben.page.evaluate(() => window.inkwire.ben!.view.following)).toBeNull();
  expect(await settles()).toMatchObject([{ id, position: [340, 200] }]);
  for (const { page, id: name } of [ana, ben])
    await page.evaluate((name) => window.inkwire[name]!.view.setCamera({ x: 0, y: 0, zoom: 1 }), name);
});

it('Ana pulls a bend out of a line while Ben drags what it is bound to', async () => {
  const { ana } = together;
  const id = await drawBox(500, 200);
  await ana.page.keyboard.press('a');
  await dragWith([], ana, [200, 245], [560, 245]);
  const arrow = (await read(ana)).find(({ kind }) => kind === 'arrow')!.id;
  await ana.page.evaluate((id) => window.inkwire.ana!.view.select([id]), arrow);
  const bend: Point[] = await read(ana).then((all) => {
    const line = all.find((each) => each.id === arrow) as LineElement;
    const [[x1, y1], [x2, y2]] = [line.points[0]!, line.points[1]!];
    const [left, top] = line.position;
    return [
      [left + (x1 + x2) / 2, top + (y1 + y2) / 2],
      [left + (x1 + x2) / 2, top + 120],
    ];
  });
  await hold(ana, ...bend);
  await benPresses([id], 'Shift+ArrowDown');
  await anaSees(id, { position: [500, 210] });
  await lift(ana);
  const line = (await settles()).find((each) => each.id === arrow) as LineElement;
  expect(line.points).toHaveLength(3);
  expect(line.endBinding?.element).toBe(id);
  expect(line.position[1] + line.points[2]![1]).toBeCloseTo(255, 0);
});

it('C8: who lost is told by whom, and one press brings theirs back, on both screens', async () => {
  const { ana, ben } = together;
  const id = await drawBox(300, 200);
  for (const { page } of [ana, ben]) await holdNetwork(page);
  await ana.page.keyboard.press('Shift+ArrowRight');
  await benPresses([id], 'Shift+ArrowDown');
  for (const { page } of [ana, ben]) await releaseNetwork(page);
  expect(await settles()).toMatchObject([{ position: [300, 210] }]);
  const notice = ana.page.locator('.notice');
  await expect.poll(() => notice.textContent()).toContain('Ben moved what you moved at the same time.');
  expect(await ben.page.locator('.notice').count()).toBe(0);
  await notice.locator('button').click();
  await expect.poll(async () => (await seen(ben, id))?.position).toEqual([310, 200]);
  expect(await settles()).toMatchObject([{ position: [310, 200] }]);
});

it('C5: what Ana drags is aligned with where Ben puts the other meanwhile', async () => {
  const { ana } = together;
  const other = await drawBox(500, 400);
  const id = await drawBox(300, 200);
  await holdWith([], ana, [360, 245], [460, 150]);
  await benPresses([other], 'Shift+ArrowRight', 'Shift+ArrowRight');
  await anaSees(other, { position: [520, 400] });
  const [left, top] = await corner(ana);
  await ana.page.mouse.move(left + 577, top + 150, { steps: 3 });
  await lift(ana, []);
  await settles();
  expect((await seen(ana, id))!.position[0]).toBe(520);
});

it('what Ana distributes and mirrors holds beside what Ben does to the same at that moment', async () => {
  const { ana, ben } = together;
  const ids = [await drawBox(100, 200), await drawBox(250, 230), await drawBox(600, 260)];
  for (const { page } of [ana, ben]) await holdNetwork(page);
  await ana.page.keyboard.press('Control+a');
  await ana.page.keyboard.press('Alt+Shift+h');
  await ana.page.evaluate((id) => window.inkwire.ana!.view.select([id]), ids[1]!);
  await ana.page.keyboard.press('Shift+h');
  await benPresses([ids[1]!], 'Shift+BracketRight');
  await benPresses([ids[2]!], 'Shift+ArrowDown');
  for (const { page } of [ana, ben]) await releaseNetwork(page);
  const elements = await settles();
  expect(elements.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[1]]);
  const [first, last, middle] = elements.map(({ position: [x, y], size }) => [x, y, size[0]]);
  expect([first, last]).toEqual([
    [100, 200, 120],
    [600, 270, 120],
  ]);
  expect(middle).toEqual([350, 230, -120]);
});
