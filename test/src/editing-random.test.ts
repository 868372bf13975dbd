import type { ElementId } from '@inkwire/core';
import { expect, it } from 'vitest';
import { box, type Point, useEditing } from './editing-page.js';

const ana = useEditing();

/** Of the same seed the same hand: Mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const MODIFIERS = ['Shift', 'Alt', 'Control'];

it('whatever a hand does with all tools and keys while somebody else changes the same: no error, and both have the same', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const random = createRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const point = (): Point => [Math.round(50 + random() * 800), Math.round(50 + random() * 500)];
  const held = () => MODIFIERS.filter(() => random() < 0.2);
  await ana.put(box(100, 100), box(300, 300), { kind: 'frame', position: [400, 60], size: [300, 250] });
  const keys = await ana.page.evaluate(() => {
    const { core, board, view } = window.canvasPage;
    const ben = core.createBoard({ user: 'ben' });
    const exchange = () => {
      core.applyUpdate(ben, core.encodeUpdate(board, core.encodeStateVector(ben)));
      core.applyUpdate(board, core.encodeUpdate(ben, core.encodeStateVector(board)));
    };
    exchange();
    Object.assign(window, { ben, exchange });
    return view!.commands
      .filter(({ name }) => !/^(open|paste|cut|copy)|shortcut/.test(name))
      .flatMap(({ keys }) => keys);
  });

  /** Ben does something to an element, and both hear of each other. */
  const theirs = (deed: number, which: number) =>
    ana.page.evaluate(
      ({ deed, which }) => {
        const { core } = window.canvasPage;
        const { ben, exchange } = window as unknown as {
          ben: typeof window.canvasPage.board;
          exchange(): void;
        };
        const all = [...ben.elements()];
        const id = all[Math.floor(which * all.length)]?.id;
        const deeds = [
          (id: ElementId) => core.moveElements(ben, [id], 13, -7),
          (id: ElementId) => core.removeElements(ben, [id]),
          (id: ElementId) => core.styleElements(ben, [id], { color: '#e03131' }),
          (id: ElementId) => core.rotateElements(ben, [id], [200, 200], 0.3),
          (id: ElementId) => core.groupElements(ben, [id, ...all.slice(0, 2).map((each) => each.id)]),
          (id: ElementId) => core.reorderElements(ben, [id], 'front'),
        ];
        if (id !== undefined) ben.commit(deeds[Math.floor(deed * deeds.length)]!(id));
        exchange();
      },
      { deed, which },
    );

  for (let step = 0; step < 110; step++) {
    const choice = random();
    if (choice < 0.4) {
      const keys = held();
      await ana.drag([point(), point(), point()], { keys, hold: true });
      if (random() < 0.5) await theirs(random(), random());
      if (random() < 0.1) await ana.press('Escape');
      await ana.page.mouse.up();
    } else if (choice < 0.75) {
      const key = pick(keys).replace('Mod', 'Control');
      await ana.press(key.endsWith('+') ? `${key.slice(0, -1)}Equal` : key);
    } else if (choice < 0.9) {
      await ana.click(point(), { keys: held(), count: random() < 0.3 ? 2 : 1 });
    } else {
      await theirs(random(), random());
    }
    if (random() < 0.1) await ana.press('Escape', 'Escape');
    expect(ana.errors, `step ${step} of seed ${seed}`).toEqual([]);
  }
  const boards = await ana.page.evaluate(() => {
    const { board } = window.canvasPage;
    const { ben, exchange } = window as unknown as { ben: typeof board; exchange(): void };
    exchange();
    const read = (each: typeof board) =>
      [...each.elements()].map((element) =>
        JSON.stringify(element, (_, value) => (value instanceof Uint8Array ? [...value].join() : value)),
      );
    return { ana: read(board), ben: read(ben) };
  });
  expect(boards.ana).toEqual(boards.ben);
});
