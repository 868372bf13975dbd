import type { Element, LineElement, ShapeElement, StickyElement, StrokeElement } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { box, type Point, useEditing } from './editing-page.js';

const ana = useEditing();

const tool = () => ana.page.evaluate(() => window.canvasPage.view!.tool);
const camera = () => ana.page.evaluate(() => window.canvasPage.view!.camera);
const kinds = async () => (await ana.elements()).map(({ kind }) => kind);

type Finger = { readonly x: number; readonly y: number; readonly id: number };

async function touch(type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Finger[]): Promise<void> {
  await ana.devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
}

async function drag(from: Point, to: Point): Promise<void> {
  await touch('touchStart', { x: from[0], y: from[1], id: 1 });
  for (const t of [0.5, 1])
    await touch('touchMove', {
      x: from[0] + (to[0] - from[0]) * t,
      y: from[1] + (to[1] - from[1]) * t,
      id: 1,
    });
  await touch('touchEnd');
}

/** A pen: `button` is the tip, the barrel or the eraser. */
async function pen(path: readonly Point[], button: 'left' | 'right' = 'left'): Promise<void> {
  const buttons = button === 'left' ? 1 : 2;
  for (const [i, [x, y]] of path.entries()) {
    const type = i === 0 ? 'mousePressed' : 'mouseMoved';
    await ana.devtools.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button,
      buttons,
      clickCount: 1,
      pointerType: 'pen',
      force: 0.4,
    });
  }
  const [x, y] = path.at(-1)!;
  await ana.devtools.send('Input.dispatchMouseEvent', {
    type: 'mouseReleased',
    x,
    y,
    button,
    buttons: 0,
    clickCount: 1,
    pointerType: 'pen',
  });
}

describe('tools', () => {
  it('pull up shapes and frames, put down notes, and give way to selecting what they made', async () => {
    await ana.press('r');
    await ana.drag(
      [
        [100, 100],
        [200, 180],
      ],
      { keys: ['Control'] },
    );
    expect(await ana.elements()).toMatchObject([
      { kind: 'shape', form: 'rectangle', position: [100, 100], size: [100, 80] },
    ]);
    expect(await tool()).toBe('select');
    expect(await ana.selection()).toEqual((await ana.elements()).map(({ id }) => id));
    await ana.press('o');
    await ana.drag(
      [
        [300, 100],
        [340, 180],
      ],
      { keys: ['Shift'] },
    );
    expect((await ana.elements())[1]).toMatchObject({ form: 'ellipse', size: [80, 80] });
    await ana.press('f');
    await ana.drag(
      [
        [80, 80],
        [420, 260],
      ],
      { keys: ['Control'] },
    );
    // The frame came last, and lies under what it holds.
    const [frame, rectangle, ellipse] = (await ana.elements()) as [Element, Element, Element];
    expect(frame.kind).toBe('frame');
    expect([rectangle.parent, ellipse.parent]).toEqual([frame.id, frame.id]);
    await ana.press('Control+z');
    expect(await kinds()).toEqual(['shape', 'shape']);
    await ana.press('Control+Shift+z');
    await ana.press('s');
    await ana.click([600, 300]);
    const note = (await ana.elements()).at(-1) as StickyElement;
    expect(note).toMatchObject({ kind: 'sticky', position: [500, 200], size: [200, 200] });
  });

  it('draw arrows that are bound to what they begin and end on, and follow it', async () => {
    const [a, b] = await ana.put(box(100, 100), box(500, 300));
    await ana.press('a');
    await ana.drag([
      [150, 140],
      [550, 340],
    ]);
    const arrow = (await ana.elements()).at(-1) as LineElement;
    expect(arrow).toMatchObject({
      kind: 'arrow',
      endHead: 'arrow',
      startBinding: { element: a },
      endBinding: { element: b },
    });
    await ana.click([800, 550]);
    await ana.drag(
      [
        [550, 340],
        [550, 440],
      ],
      { keys: ['Control'] },
    );
    const followed = (await ana.element(arrow.id)) as LineElement;
    expect(followed.position[1] + followed.points[1]![1]).toBe(440);
    await ana.press('l');
    await ana.drag(
      [
        [150, 140],
        [300, 500],
      ],
      { keys: ['Control'] },
    );
    expect((await ana.elements()).at(-1)).toMatchObject({
      kind: 'line',
      startBinding: null,
      endBinding: null,
    });
  });

  it('stay in hand where one draws on, remember their style, and the laser leaves nothing', async () => {
    await ana.press('p');
    await ana.page.evaluate(() => window.canvasPage.view!.setStyle({ color: '#e03131', width: 7 }));
    await ana.drag([
      [100, 100],
      [200, 100],
    ]);
    expect(await tool()).toBe('pen');
    await ana.press('r', 'p');
    await ana.drag([
      [100, 200],
      [200, 200],
    ]);
    expect((await ana.elements()).map((each) => (each as StrokeElement).width)).toEqual([7, 7]);
    await ana.press('k');
    await ana.drag([
      [300, 300],
      [400, 400],
    ]);
    const facts = await ana.page.evaluate(async () => {
      const { presence, frame } = window.canvasPage;
      const drawn = presence.told.live.at(-1);
      const ended = () => presence.told.ended.includes(drawn ?? '');
      const atOnce = ended();
      while (!ended()) await frame();
      return { atOnce, size: window.canvasPage.board.size };
    });
    expect(facts).toEqual({ atOnce: false, size: 2 });
  });

  it('move the page by hand and nothing on it, mark with the highlighter, and draw further shapes', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.press('h');
    await ana.drag([
      [150, 140],
      [250, 180],
    ]);
    expect([await camera(), await ana.selection()]).toEqual([{ x: -100, y: -40, zoom: 1 }, []]);
    expect(await ana.element(a!)).toMatchObject({ position: [100, 100] });
    await ana.press('m');
    await ana.drag([
      [300, 300],
      [500, 300],
    ]);
    await ana.press('g');
    await ana.drag(
      [
        [300, 400],
        [420, 460],
      ],
      { keys: ['Control'] },
    );
    const [, ink, shape] = await ana.elements();
    expect(ink).toMatchObject({ kind: 'stroke', tool: 'highlighter', position: [200, 260], size: [200, 0] });
    expect(shape).toMatchObject({ kind: 'shape', position: [200, 360], size: [120, 60] });
    expect((shape as ShapeElement).form).not.toMatch(/rectangle|ellipse/);
  });

  it('stay in hand after every element while they are kept', async () => {
    await ana.press('q', 'r');
    for (const x of [100, 300])
      await ana.drag([
        [x, 100],
        [x + 90, 180],
      ]);
    expect([await tool(), await kinds(), await ana.selection()]).toEqual([
      'rectangle',
      ['shape', 'shape'],
      [],
    ]);
    await ana.press('a');
    await ana.drag([
      [300, 400],
      [500, 450],
    ]);
    expect(await tool()).toBe('arrow');
    await ana.press('q');
    await ana.drag([
      [300, 500],
      [500, 550],
    ]);
    expect([await tool(), (await ana.selection()).length]).toEqual(['select', 1]);
  });

  it('the laser’s line goes from its beginning on, while it is drawn as well', async () => {
    await ana.press('k');
    await ana.page.evaluate(() => window.canvasPage.presence.told.ended.splice(0));
    await ana.drag(
      [
        [300, 300],
        [400, 300],
        [500, 300],
      ],
      { hold: true },
    );
    const facts = await ana.page.evaluate(async () => {
      const { presence, frame } = window.canvasPage;
      const { live, ended } = presence.told;
      const drawn = [...new Set(live)];
      while (ended.length === 0) await frame();
      return {
        first: ended[0] === drawn.at(-drawn.length),
        pieces: drawn.length,
        last: ended.includes(drawn.at(-1)!),
      };
    });
    expect(facts).toMatchObject({ last: false });
    expect(facts.pieces).toBeGreaterThan(3);
    await ana.page.mouse.up();
    const left = await ana.page.evaluate(async () => {
      const { presence, frame } = window.canvasPage;
      const { live, ended } = presence.told;
      while (!ended.includes(live.at(-1)!)) await frame();
      // In the order in which they were drawn.
      return {
        inOrder: ended.join() === [...new Set(live)].slice(-ended.length).join(),
        size: window.canvasPage.board.size,
      };
    });
    expect(left).toEqual({ inOrder: true, size: 0 });
  });

  it('erase a part of a stroke, and the stroke with its last part', async () => {
    const points = Array.from({ length: 31 }, (_, i) => ({ x: 100 + i * 10, y: 200 }));
    const [id] = await ana.put({ kind: 'stroke', width: 4, points });
    await ana.press('Shift+e');
    await ana.drag([
      [250, 150],
      [250, 250],
    ]);
    const { cuts } = (await ana.element(id!)) as StrokeElement;
    expect(cuts).toHaveLength(1);
    // 9 pixels of the eraser and half the line's width on both sides, 10 to a point.
    expect(cuts[0]![0]).toBeCloseTo(13.9, 1);
    expect(cuts[0]![1]).toBeCloseTo(16.1, 1);
    await ana.drag([
      [90, 200],
      [420, 200],
    ]);
    expect(await ana.elements()).toEqual([]);
    await ana.press('Control+z');
    expect(((await ana.element(id!)) as StrokeElement).cuts).toHaveLength(1);
  });
});

describe('touch', () => {
  it('draws with one finger, and moves and zooms with two', async () => {
    await ana.press('p');
    await drag([100, 100], [200, 160]);
    expect(await kinds()).toEqual(['stroke']);
    await touch('touchStart', { x: 300, y: 300, id: 1 }, { x: 400, y: 300, id: 2 });
    await touch('touchMove', { x: 250, y: 320, id: 1 }, { x: 450, y: 320, id: 2 });
    await touch('touchEnd');
    expect(await kinds()).toEqual(['stroke']);
    expect((await camera()).zoom).toBeCloseTo(2, 1);
  });

  it('takes and moves what is there, with room for a finger beside it', async () => {
    const [a] = await ana.put(box(200, 200));
    await drag([250, 240], [350, 300]);
    const { position } = await ana.element(a!);
    expect(position[0]).toBeGreaterThan(280);
    // 16 beside the corner.
    await drag([position[0] + 114, position[1] + 90], [position[0] + 214, position[1] + 150]);
    expect((await ana.element(a!)).size[0]).toBeGreaterThan(180);
  });

  it('a finger that rests asks for the menu, and takes nothing', async () => {
    const [a] = await ana.put(box(200, 200, 100, 80, { locked: true }));
    const asked = ana.page.evaluate(
      () =>
        new Promise<{ x: number; y: number }>((resolve) => {
          const { element } = window.canvasPage.view!;
          element.addEventListener('inkwire-menu', (event) => resolve((event as CustomEvent).detail), {
            once: true,
          });
        }),
    );
    await touch('touchStart', { x: 250, y: 240, id: 1 });
    expect(await asked).toEqual({ x: 250, y: 240 });
    await touch('touchEnd');
    // What is locked is selected by its menu, where it can be unlocked.
    expect(await ana.selection()).toEqual([a]);
  });

  it('moves the page once a pen is used, or where the app says so', async () => {
    await ana.press('p');
    await pen([
      [100, 100],
      [150, 150],
      [200, 120],
    ]);
    const [stroke] = (await ana.elements()) as StrokeElement[];
    expect(stroke?.kind).toBe('stroke');
    await ana.page.evaluate(async () => {
      // The palm comes down and leaves again around a stroke.
      const until = performance.now() + 600;
      while (performance.now() < until) await window.canvasPage.frame();
    });
    await ana.page.emulateMedia({ reducedMotion: 'reduce' });
    const before = await camera();
    await drag([300, 300], [350, 340]);
    expect(await kinds()).toEqual(['stroke']);
    expect((await camera()).x).toBeCloseTo(before.x - 50, 0);
    // Pushed and let go, the page goes on for a while, unless less motion was asked for.
    await ana.page.emulateMedia({ reducedMotion: 'no-preference' });
    // On a busy machine the finger may rest before it is lifted, which is no push: then it pushes again.
    const pushed = expect.poll(async () => {
      const { x } = await camera();
      await drag([300, 300], [350, 340]);
      await ana.page.evaluate(async () => {
        for (let frame = 0; frame < 20; frame++) await window.canvasPage.frame();
      });
      return x - (await camera()).x;
    });
    await pushed.toBeGreaterThan(60);
    await ana.page.evaluate(() => window.canvasPage.view!.idle());
    await ana.page.evaluate(() => window.canvasPage.mount({ fingers: 'pan', tool: 'pen' }));
    await drag([300, 300], [400, 340]);
    expect(await kinds()).toEqual(['stroke']);
    await ana.page.evaluate(() => window.canvasPage.mount({ fingers: 'draw', tool: 'pen' }));
    await drag([300, 300], [400, 340]);
    expect(await kinds()).toEqual(['stroke', 'stroke']);
  });
});

describe('the secondary button', () => {
  it('asks for a menu where it is pressed, and dragged it moves the page, also on a pen', async () => {
    const [a] = await ana.put(box(200, 200));
    await ana.page.evaluate(() => {
      Object.assign(window, { menus: [] });
      window.canvasPage.view!.element.addEventListener('inkwire-menu', (event) =>
        (window as unknown as { menus: unknown[] }).menus.push((event as CustomEvent).detail),
      );
    });
    const menus = () => ana.page.evaluate(() => (window as unknown as { menus: unknown[] }).menus);
    await ana.page.mouse.click(250, 240, { button: 'right' });
    expect(await menus()).toEqual([{ x: 250, y: 240 }]);
    expect(await ana.selection()).toEqual([a]);
    await pen(
      [
        [500, 400],
        [520, 400],
        [560, 430],
      ],
      'right',
    );
    expect(await menus()).toHaveLength(1);
    expect(await camera()).toEqual({ x: -60, y: -30, zoom: 1 });
    await ana.press('Shift+F10');
    await expect.poll(menus).toHaveLength(2);
  });
});

describe('C8: what somebody else did at the same time', () => {
  it('is said quietly when mine lost, and one press brings mine back', async () => {
    const [a] = await ana.put(box(100, 100));
    const notice = () => ana.page.evaluate(() => window.canvasPage.view!.notice?.text ?? null);
    await ana.page.evaluate((id) => {
      const { core, board, presence } = window.canvasPage;
      const user = { id: 'ben', name: 'Ben', color: '#1971c2' };
      presence.show([
        { session: 'b', user, cursor: null, tool: null, selection: [], viewport: null, liveInk: [] },
      ]);
      const ben = core.createBoard({ user: 'ben', clock: () => Date.now() + 60_000 });
      core.applyUpdate(ben, core.encodeUpdate(board));
      ben.commit(core.moveElements(ben, [id], 0, 200));
      board.commit(core.moveElements(board, [id], 55, 0));
      board.attribute([[ben.writer, 'ben']]);
      core.applyUpdate(board, core.encodeUpdate(ben));
    }, a!);
    expect((await ana.element(a!)).position).toEqual([100, 300]);
    await expect.poll(notice).toBe('Ben moved what you moved at the same time.');
    await ana.page.evaluate(() => window.canvasPage.view!.notice!.action!.run());
    expect((await ana.element(a!)).position).toEqual([155, 100]);
  });
});
