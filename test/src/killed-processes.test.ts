import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawing } from './browser/ink.js';
import { drawWithPen } from './browser/pen.js';
import { openPerson, type Person } from './browser/person.js';
import { difference } from './browser/pixels.js';
import { type System, startSystem } from './browser/system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.stop());

it('L12: server and local Pusher are killed while Ana and Ben draw, and both end with every stroke, without a reload', async () => {
  const { playground, browser } = system;
  const [ana, ben] = (await Promise.all(
    ['ana', 'ben'].map((id) => openPerson(browser, playground.url, { id, board: 'killed' })),
  )) as [Person, Person];
  const half = { width: 440, height: 480 };
  const [hers, his] = [await drawing('despair/8', half), await drawing('despair/9', half)];
  console.log(`Ana draws ${hers.source}; Ben draws ${his.source}.`);
  const total = hers.strokes.length + his.strokes.length;

  const drawn = Promise.all([
    drawWithPen(ana.page, hers.strokes, { x: 30, y: 70 }),
    drawWithPen(ben.page, his.strokes, { x: 520, y: 70 }),
  ]);
  await expect.poll(ana.size).toBeGreaterThan(total / 4);
  await Promise.all([playground.kill('server'), playground.kill('local Pusher')]);
  expect(await ana.size()).toBeLessThan(total);
  // They go on drawing: both come to have strokes that no server has heard of.
  await Promise.all([ana.reaches({ saving: 'offline' }), ben.reaches({ saving: 'offline' })]);
  await Promise.all([playground.restart('server'), playground.restart('local Pusher')]);
  await drawn;

  for (const person of [ana, ben]) {
    await person.reaches({ connection: 'live', saving: 'saved', waiting: '0', elements: String(total) });
  }
  expect(await ben.elements()).toEqual(await ana.elements());
  // It is in the log, and not only with these two.
  const cleo = await openPerson(browser, playground.url, { id: 'cleo', board: 'killed' });
  await cleo.reaches({ elements: String(total) });
  expect(await cleo.elements()).toEqual(await ana.elements());
  expect((await difference(await ana.ink(), await ben.ink())).count).toBe(0);
  expect([ana.incidents, ben.incidents]).toEqual([
    { errors: [], loads: 1 },
    { errors: [], loads: 1 },
  ]);
  await Promise.all([ana, ben, cleo].map((person) => person.close()));
});
