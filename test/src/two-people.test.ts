import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawing, handwrittenPage } from './browser/ink.js';
import { drawWithPen } from './browser/pen.js';
import { openPerson, type Person } from './browser/person.js';
import { difference } from './browser/pixels.js';
import { type System, startSystem } from './browser/system.js';

const sheet = { width: 880, height: 480 };
const origin = { x: 40, y: 70 };

describe('two people at one board, in two browsers', () => {
  let system: System;
  let boards = 0;
  let ana: Person;
  let ben: Person;

  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system?.stop());
  beforeEach(async () => {
    boards += 1;
    [ana, ben] = (await Promise.all(
      ['ana', 'ben'].map((id) =>
        openPerson(system.browser, system.playground.url, { id, board: `two-${boards}` }),
      ),
    )) as [Person, Person];
  });
  afterEach(async () => {
    await Promise.all([ana?.close(), ben?.close()]);
    expect([...ana.incidents.errors, ...ben.incidents.errors]).toEqual([]);
  });

  it('shows a page that Ana writes to Ben with the same pixels, also after Ben reloads', async () => {
    const { strokes, source } = await handwrittenPage(sheet);
    console.log(`Ana draws ${source}.`);
    await drawWithPen(ana.page, strokes, origin);

    await ana.reaches({ saving: 'saved', elements: String(strokes.length) });
    await ben.reaches({ elements: String(strokes.length) });
    expect(await ben.elements()).toEqual(await ana.elements());
    const drawn = await ana.ink();
    const seen = await difference(drawn, await ben.ink());
    expect(seen.inked).toBeGreaterThan(5_000);
    expect(seen.count).toBe(0);

    await ben.page.reload();
    await ben.reaches({ connection: 'live', elements: String(strokes.length) });
    expect(await ben.elements()).toEqual(await ana.elements());
    expect(await difference(drawn, await ben.ink())).toEqual(seen);
  });

  it('makes both equal after Ana drew offline while Ben drew too', async () => {
    const mine = await drawing('despair/2', { width: 400, height: 480 });
    const theirs = await drawing('line-drawings/8', { width: 400, height: 480 });
    console.log(`Ana draws ${mine.source}; Ben draws ${theirs.source}.`);
    await ana.page.locator('[data-action="network"]').uncheck({ force: true });
    await ana.reaches({ connection: 'offline' });

    await Promise.all([
      drawWithPen(ana.page, mine.strokes, origin),
      drawWithPen(ben.page, theirs.strokes, { x: 480, y: 70 }),
    ]);
    await ana.reaches({
      saving: 'offline',
      waiting: String(mine.strokes.length),
      elements: String(mine.strokes.length),
    });
    await ben.reaches({ saving: 'saved', elements: String(theirs.strokes.length) });

    await ana.page.locator('[data-action="network"]').check({ force: true });
    const together = String(mine.strokes.length + theirs.strokes.length);
    for (const person of [ana, ben])
      await person.reaches({ connection: 'live', saving: 'saved', waiting: '0', elements: together });
    expect(await ben.elements()).toEqual(await ana.elements());
    expect((await difference(await ana.ink(), await ben.ink())).count).toBe(0);
  });
});
