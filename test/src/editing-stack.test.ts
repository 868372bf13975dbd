import type { ElementId, NewElement } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { box, type Point, useEditing } from './editing-page.js';

const ana = useEditing();

/** What the board's canvas shows once nothing of it is out of date, as bytes in base64. */
const pixels = () =>
  ana.page.evaluate(async () => {
    const { view, frame } = window.canvasPage;
    await view!.idle();
    await frame();
    return document.querySelector('canvas')!.toDataURL();
  });

const colorAt = (x: number, y: number) =>
  ana.page.evaluate(
    ([x, y]) =>
      [
        ...document.querySelector('canvas')!.getContext('2d')!.getImageData(x, y, 1, 1).data.slice(0, 3),
      ].join(),
    [x, y] as const,
  );

/** Drags, and returns what is to be seen before and after it is let go. */
async function dragged(path: readonly Point[], keys: readonly string[] = ['Control']) {
  await ana.drag(path, { keys, hold: true });
  const held = await pixels();
  await ana.page.mouse.up();
  return { held, dropped: await pixels() };
}

/** A crowd of all kinds, of which each lies over the one before; every third is transparent. */
const crowd: NewElement[] = Array.from({ length: 40 }, (_, i) => {
  const position = [120 + ((i * 83) % 500), 90 + ((i * 57) % 320)] as const;
  const color = ['#e03131', '#1971c2', '#2f9e44', '#f08c00'][i % 4]!;
  const opacity = i % 3 === 0 ? 0.5 : 1;
  const points = Array.from({ length: 30 }, (_, j) => ({
    x: position[0] + j * 6,
    y: position[1] + 30 * Math.sin(j / 3),
    pressure: 0.5,
  }));
  const all: NewElement[] = [
    box(...position, 130, 90, { color, opacity, form: 'ellipse', fill: i % 2 === 0 ? 'none' : '#b2f2bb' }),
    { kind: 'stroke', tool: 'pen', width: 1 + (i % 5), color, opacity, points },
    { kind: 'stroke', tool: 'highlighter', width: 20, color: '#ffd43b', points },
    { kind: 'sticky', position, size: [110, 80], color: '#ffe28a', opacity, text: `Note ${i}` },
    { kind: 'text', position, size: [140, 30], text: `Words ${i}`, color, opacity },
    {
      kind: 'arrow',
      points: [
        [0, 0],
        [120, 60],
      ],
      width: 3,
      color,
      opacity,
    },
  ];
  return all[i % all.length]!;
});

describe('P1: what is held lies between the others as it will when it is let go', () => {
  it.each([0.4, 1, 1.7])('to the pixel, whatever lies over and under it: at %d', async (zoom) => {
    const ids = await ana.put(...crowd);
    await ana.page.evaluate((zoom) => window.canvasPage.view!.setCamera({ x: 80, y: 60, zoom }), zoom);
    const onScreen = ([x, y]: Point): Point => [(x - 80) * zoom, (y - 60) * zoom];
    // Notes and filled ellipses, one after the other from the lowest on, and all at once.
    for (const i of [3, 7, 9, 19, 1]) {
      const { position, size } = await ana.element(ids[i]!);
      const middle = onScreen([position[0] + size[0] / 2, position[1] + size[1] / 2]);
      await ana.select(ids[i]!);
      const { held, dropped } = await dragged([middle, [430, 240], onScreen([330, 250])]);
      expect(held === dropped, `element ${i}`).toBe(true);
    }
    await ana.select(...ids.slice(0, 12));
    const { held, dropped } = await dragged([onScreen([330, 250]), onScreen([380, 270])]);
    expect(held === dropped).toBe(true);
  });

  it('also while it is turned, pulled larger, and given up', async () => {
    const [a] = await ana.put(box(200, 200), box(260, 220, 100, 80, { fill: '#b2f2bb', opacity: 0.6 }));
    const before = await pixels();
    await ana.select(a!);
    for (const grip of [
      [300, 280],
      [250, 176],
    ] as Point[]) {
      const { held, dropped } = await dragged([grip, [grip[0] + 40, grip[1] + 10]]);
      expect(held === dropped).toBe(true);
      expect(dropped).not.toBe(before);
      await ana.page.evaluate(() => window.canvasPage.board.undo());
    }
    await ana.drag(
      [
        [220, 240],
        [270, 260],
      ],
      { keys: ['Control'], hold: true },
    );
    await ana.press('Escape');
    await ana.page.mouse.up();
    expect((await pixels()) === before).toBe(true);
  });

  it('and in a frame over which it is moved, over its sheet and cut off by its edge', async () => {
    await ana.put(box(100, 200), { kind: 'frame', position: [300, 100], size: [200, 300], title: 'Plan' });
    const { held, dropped } = await dragged([
      [150, 240],
      [480, 240],
    ]);
    expect(held === dropped).toBe(true);
    expect([await colorAt(470, 240), await colorAt(515, 240)]).toEqual(['255,212,59', '253,253,251']);
  });

  it('and when somebody else holds it, over a frame too', async () => {
    const [low, , framed] = await ana.put(
      box(100, 100),
      box(330, 120, 100, 80, { fill: '#b2f2bb' }),
      box(100, 300),
      { kind: 'frame', position: [500, 200], size: [200, 300] },
    );
    const show = (ids: readonly ElementId[], dx: number, dy: number) =>
      ana.page.evaluate(
        ([ids, dx, dy]) => {
          const user = { id: 'ben', name: 'Ben', color: '#e8590c' };
          const drag = ids.length === 0 ? null : { ids, transform: [1, 0, 0, 1, dx, dy] as const };
          const ben = {
            session: 'b',
            user,
            cursor: null,
            tool: null,
            viewport: null,
            liveInk: [],
            selection: [],
          };
          window.canvasPage.presence.show([{ ...ben, drag }]);
        },
        [ids, dx, dy] as const,
      );
    for (const [id, from, dx, dy] of [
      [low!, [110, 110], 200, 0],
      [framed!, [110, 310], 480, 0],
    ] as const) {
      await show([id], dx, dy);
      const theirs = await pixels();
      await show([], 0, 0);
      const { dropped } = await dragged([from, [from[0] + dx, from[1] + dy]]);
      expect(theirs === dropped).toBe(true);
    }
  });

  it('up to a number, from which on it lies over all of them until it is let go', async () => {
    await ana.put(
      box(100, 100, 200, 200),
      ...Array.from({ length: 400 }, (_, i) =>
        box(420 + (i % 20) * 8, 120 + Math.floor(i / 20) * 8, 8, 8, { fill: '#1971c2', width: 0 }),
      ),
    );
    await ana.drag(
      [
        [150, 140],
        [460, 160],
      ],
      { keys: ['Control'], hold: true },
    );
    await pixels();
    expect(await colorAt(500, 200)).toBe('255,212,59');
    await ana.page.mouse.up();
    await pixels();
    expect(await colorAt(500, 200)).toBe('25,113,194');
  });
});
