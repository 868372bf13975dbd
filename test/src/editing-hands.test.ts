import type { Element, ElementId, LineElement, ShapeElement } from '@inkwire/core';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import { box, type Point, useEditing } from './editing-page.js';

const ana = useEditing();
const middle = ({ position, size }: Element): Point => [
  position[0] + Math.abs(size[0]) / 2,
  position[1] + Math.abs(size[1]) / 2,
];
const undo = () => ana.page.evaluate(() => window.canvasPage.board.undo());
const canUndo = () => ana.page.evaluate(() => window.canvasPage.board.canUndo);

/** Whatever a hand does is one step: after one undo the board is as it was. */
async function isOneStep(act: () => Promise<void>): Promise<void> {
  const before = await ana.elements();
  const earlier = await canUndo();
  await act();
  expect(await ana.elements()).not.toEqual(before);
  expect(await undo()).toBe(true);
  expect(await ana.elements()).toEqual(before);
  expect(await canUndo()).toBe(earlier);
  await ana.page.evaluate(() => window.canvasPage.board.redo());
}

describe('moving', () => {
  it('takes what is pressed, or all that is selected, by as far as the pointer goes', async () => {
    const [a, b] = await ana.put(box(100, 100), box(300, 100));
    await isOneStep(() =>
      ana.drag(
        [
          [150, 140],
          [190, 163],
        ],
        { keys: ['Control'] },
      ),
    );
    expect((await ana.element(a!)).position).toEqual([140, 123]);
    await ana.select(a!, b!);
    await ana.drag(
      [
        [350, 140],
        [360, 240],
      ],
      { keys: ['Control'] },
    );
    expect((await ana.element(a!)).position).toEqual([150, 223]);
    expect((await ana.element(b!)).position).toEqual([310, 200]);
  });

  it('with Shift goes along one axis, and with Alt leaves the original where it is', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.drag(
      [
        [150, 140],
        [260, 150],
      ],
      { keys: ['Shift'] },
    );
    expect((await ana.element(a!)).position[1]).toBe(100);
    const [before] = await ana.elements();
    await isOneStep(async () => {
      await ana.drag(
        [
          [260, 140],
          [260, 340],
        ],
        { keys: ['Alt', 'Control'] },
      );
      const [original, copy] = await ana.elements();
      expect(original).toEqual(before);
      expect(copy).toMatchObject({ position: [before!.position[0], 300], fill: '#ffd43b' });
      expect(await ana.selection()).toEqual([copy?.id]);
    });
    expect(await ana.element(a!)).toEqual(before);
  });

  it('shows what is moved where it will be, before anything is committed, and Escape gives it up', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.drag(
      [
        [150, 140],
        [450, 340],
      ],
      { keys: ['Control'], hold: true },
    );
    await ana.page.evaluate(() => window.canvasPage.frame());
    const colors = () =>
      ana.page.evaluate(() => {
        const canvas = document.querySelector('canvas')!;
        const at = (x: number, y: number) =>
          [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data.slice(0, 3)].join();
        return [at(120, 120), at(470, 360)];
      });
    expect(await colors()).toEqual(['253,253,251', '255,212,59']);
    expect((await ana.element(a!)).position).toEqual([100, 100]);
    await ana.press('Escape');
    await ana.page.mouse.up();
    expect(await ana.elements()).toMatchObject([{ position: [100, 100] }]);
    await ana.page.evaluate(() => window.canvasPage.view!.idle());
    expect(await colors()).toEqual(['255,212,59', '253,253,251']);
  });

  it('aligns edges, middles and gaps with what is around, and shows how; Control holds it off', async () => {
    const [, , moved] = await ana.put(box(100, 100), box(300, 100), box(520, 320));
    // 3 away from the row, and 4 from a gap as long as that between the other two.
    await ana.drag([
      [570, 360],
      [554, 143],
    ]);
    expect((await ana.element(moved!)).position).toEqual([500, 100]);
    await ana.drag(
      [
        [550, 140],
        [566, 143],
      ],
      { keys: ['Control'] },
    );
    expect((await ana.element(moved!)).position).toEqual([516, 103]);
  });

  it('aligns what is seen of something with what is seen of others: frames cut off, and strokes are erased', async () => {
    const points = Array.from({ length: 31 }, (_, i) => ({ x: 600 + 5 * i, y: 500 }));
    const [frame, held, stroke] = await ana.put(
      { kind: 'frame', position: [100, 100], size: [200, 150] },
      box(600, 400, 100, 80),
      { kind: 'stroke', width: 4, points },
    );
    const away = { ...box(500, 180, 60, 40), parent: frame! };
    await ana.put(away);
    await ana.page.evaluate((id) => {
      const { core, board } = window.canvasPage;
      board.commit(core.eraseParts(board, [{ id, ranges: [[5, 30]] }]));
    }, stroke!);
    // 3 beside what the frame cuts off.
    await ana.drag([
      [650, 440],
      [553, 383],
    ]);
    expect((await ana.element(held!)).position).toEqual([503, 343]);
    const { position } = await ana.element(stroke!);
    // What was erased of it would end 3 beside the frame.
    await ana.drag([
      [610, 500],
      [159, 320],
    ]);
    const moved = await ana.element(stroke!);
    expect(moved.position).toEqual([position[0] - 451, position[1] - 180]);
  });

  it('puts what is dropped on a frame into it, moves it with the frame, and takes it out again', async () => {
    const [a, frame] = await ana.put(box(100, 200), {
      kind: 'frame',
      position: [300, 100],
      size: [300, 300],
    });
    await isOneStep(() =>
      ana.drag(
        [
          [150, 240],
          [450, 240],
        ],
        { keys: ['Control'] },
      ),
    );
    expect((await ana.element(a!)).parent).toBe(frame);
    // Its sheet would have covered what was drawn before it.
    expect((await ana.elements()).map(({ id }) => id)).toEqual([frame, a]);
    await ana.drag(
      [
        [300, 300],
        [280, 310],
      ],
      { keys: ['Control'] },
    );
    expect((await ana.element(a!)).position).toEqual([380, 210]);
    await ana.drag(
      [
        [430, 250],
        [130, 500],
      ],
      { keys: ['Control'] },
    );
    expect((await ana.element(a!)).parent).toBeNull();
  });

  it('nudges by arrows: 1, and with Shift 10', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.select(a!);
    await ana.press('ArrowRight', 'ArrowDown', 'Shift+ArrowLeft');
    expect((await ana.element(a!)).position).toEqual([91, 101]);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.camera)).toMatchObject({ x: 0, y: 0 });
  });
});

describe('resizing', () => {
  it('pulls corners and sides, and past the other side mirrors', async () => {
    const [a] = await ana.put(box(200, 200));
    await ana.select(a!);
    await isOneStep(() =>
      ana.drag(
        [
          [300, 280],
          [350, 300],
        ],
        { keys: ['Control'] },
      ),
    );
    expect(await ana.element(a!)).toMatchObject({ position: [200, 200], size: [150, 100] });
    await ana.drag(
      [
        [200, 250],
        [180, 250],
      ],
      { keys: ['Control'] },
    );
    expect(await ana.element(a!)).toMatchObject({ position: [180, 200], size: [170, 100] });
    await ana.drag(
      [
        [350, 250],
        [80, 250],
      ],
      { keys: ['Control'] },
    );
    expect(await ana.element(a!)).toMatchObject({ position: [80, 200], size: [-100, 100] });
  });

  it('with Shift keeps the proportions, with Alt the middle, with both both', async () => {
    const [a] = await ana.put(box(200, 200, 100, 50));
    await ana.select(a!);
    await ana.drag(
      [
        [300, 250],
        [400, 260],
      ],
      { keys: ['Shift', 'Control'] },
    );
    expect(await ana.element(a!)).toMatchObject({ position: [200, 200], size: [200, 100] });
    await ana.drag(
      [
        [400, 300],
        [450, 310],
      ],
      { keys: ['Alt', 'Control'] },
    );
    expect(await ana.element(a!)).toMatchObject({ position: [150, 190], size: [300, 120] });
    await ana.drag(
      [
        [450, 310],
        [375, 310],
      ],
      { keys: ['Alt', 'Shift', 'Control'] },
    );
    expect(middle(await ana.element(a!))).toEqual([300, 250]);
    expect((await ana.element(a!)).size[0] / (await ana.element(a!)).size[1]).toBeCloseTo(2.5, 1);
  });

  it('stretches what is turned along its own sides', async () => {
    const [a] = await ana.put(box(300, 200, 100, 100, { rotation: Math.PI / 4 }));
    await ana.select(a!);
    // The right side's middle is down and right of the centre.
    const reach = 50 * Math.SQRT1_2;
    const from: Point = [350 + reach, 250 + reach];
    await ana.drag([from, [from[0] + 40, from[1] + 40]], { keys: ['Control'] });
    const { size, rotation } = await ana.element(a!);
    expect(size[0]).toBeCloseTo(100 + 40 * Math.SQRT2, 0);
    expect(size[1]).toBeCloseTo(100, 0);
    expect(rotation).toBeCloseTo(Math.PI / 4, 3);
  });

  it('stretches several as one', async () => {
    const [a, b] = await ana.put(box(100, 100, 100, 100), box(300, 300, 100, 100));
    await ana.select(a!, b!);
    await isOneStep(() =>
      ana.drag(
        [
          [400, 400],
          [550, 550],
        ],
        { keys: ['Control'] },
      ),
    );
    expect((await ana.element(a!)).size[0]).toBeCloseTo(150, 0);
    expect((await ana.element(b!)).position[0]).toBeCloseTo(400, 0);
  });
});

describe('turning', () => {
  it('follows the pointer around the middle, with Shift in steps of 15°', async () => {
    const [a] = await ana.put(box(300, 200, 100, 100));
    await ana.select(a!);
    const knob: Point = [350, 200 - 26];
    await isOneStep(() => ana.drag([knob, [426, 250]]));
    expect((await ana.element(a!)).rotation).toBeCloseTo(Math.PI / 2, 2);
    await undo();
    await ana.drag([knob, [420, 180]], { keys: ['Shift'] });
    expect(((await ana.element(a!)).rotation * 180) / Math.PI).toBeCloseTo(45, 0);
    expect(middle(await ana.element(a!))).toEqual([350, 250]);
  });
});

describe('cropping', () => {
  it('shows less of a picture, which stays where it is, and more again', async () => {
    const source =
      'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="400" height="200"/%3E';
    const picture = { kind: 'image', position: [200, 200], naturalSize: [400, 200], source } as const;
    const [id, mirrored] = await ana.put(
      { ...picture, size: [200, 100] },
      { ...picture, position: [500, 200], size: [-200, 100] },
    );
    await ana.page.mouse.dblclick(300, 250);
    await isOneStep(() =>
      ana.drag([
        [400, 250],
        [350, 250],
      ]),
    );
    expect(await ana.element(id!)).toMatchObject({
      position: [200, 200],
      size: [150, 100],
      crop: [0, 0, 0.75, 1],
    });
    await ana.drag([
      [200, 200],
      [250, 225],
    ]);
    expect(await ana.element(id!)).toMatchObject({ position: [250, 225], crop: [0.25, 0.25, 0.75, 1] });
    // There is no more of it than there is.
    await ana.drag([
      [350, 260],
      [480, 260],
    ]);
    expect(await ana.element(id!)).toMatchObject({ size: [150, 75], crop: [0.25, 0.25, 1, 1] });
    await ana.press('Escape');
    expect(await ana.selection()).toEqual([id]);
    await ana.select(mirrored!);
    await ana.press('Shift+c');
    await ana.drag([
      [700, 250],
      [650, 250],
    ]);
    // What a mirror shows at the right is the left of the picture.
    expect(await ana.element(mirrored!)).toMatchObject({ position: [500, 200], crop: [0.25, 0, 1, 1] });
  });
});

describe('what is cropped away', () => {
  it('is seen faintly in its place while a picture is cropped, and not before or after', async () => {
    const half = (color: string, x: number) =>
      `%3Crect x="${x}" width="200" height="200" fill="${color}"/%3E`;
    const source = `data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="400" height="200"%3E${half('red', 0)}${half('blue', 200)}%3C/svg%3E`;
    const picture = { kind: 'image', naturalSize: [400, 200], source, crop: [0, 0, 0.5, 1] } as const;
    const [id] = await ana.put({ ...picture, position: [200, 200], size: [100, 100] });
    const colors = async () => {
      await ana.page.evaluate(async () => {
        await window.canvasPage.view!.idle();
        await window.canvasPage.frame();
      });
      const shot = PNG.sync.read(await ana.page.screenshot());
      return ([250, 350] as const).map((x) => [
        ...shot.data.subarray(4 * (250 * shot.width + x), 4 * (250 * shot.width + x) + 3),
      ]);
    };
    const paper = [253, 253, 251];
    const red = [255, 0, 0];
    await expect.poll(colors).toEqual([red, paper]);
    await ana.page.mouse.dblclick(250, 250);
    await ana.page.mouse.move(600, 500);
    const isFaintBlue = ([r = 0, g = 0, b = 0]: number[]) =>
      r > 120 && r < 220 && g > 120 && g < 220 && b > 240;
    await expect.poll(async () => isFaintBlue((await colors())[1] ?? [])).toBe(true);
    expect((await colors())[0]).toEqual(red);
    expect(await ana.elements()).toHaveLength(1);
    // What is pulled back in shows at its full strength.
    await ana.drag([
      [300, 250],
      [380, 250],
    ]);
    await ana.page.mouse.move(600, 500);
    await expect.poll(async () => (await colors())[1]).toEqual([0, 0, 255]);
    await ana.press('Escape', 'Control+z');
    expect(await ana.element(id!)).toMatchObject({ crop: [0, 0, 0.5, 1] });
    await expect.poll(colors).toEqual([red, paper]);
  });
});

describe('lines', () => {
  const points = async (id: ElementId): Promise<Point[]> => {
    const { position, points: own } = (await ana.element(id)) as LineElement;
    return own.map(([x, y]) => [x + position[0], y + position[1]]);
  };

  it('are pulled by their points, bent between them, and straight again', async () => {
    const [id] = await ana.put({
      kind: 'line',
      points: [
        [100, 100],
        [400, 100],
      ],
    });
    await ana.select(id!);
    await isOneStep(() =>
      ana.drag([
        [250, 100],
        [250, 220],
      ]),
    );
    expect(await points(id!)).toEqual([
      [100, 100],
      [250, 220],
      [400, 100],
    ]);
    await ana.drag([
      [400, 100],
      [420, 140],
    ]);
    expect((await points(id!))[2]).toEqual([420, 140]);
    await ana.drag([
      [250, 220],
      [260, 120],
    ]);
    expect(await points(id!)).toEqual([
      [100, 100],
      [420, 140],
    ]);
  });

  it('are bound to what their end is dropped on, and follow it, also while it is dragged', async () => {
    const [id, target] = await ana.put(
      {
        kind: 'arrow',
        points: [
          [100, 100],
          [300, 300],
        ],
      },
      box(400, 300, 100, 100),
    );
    await ana.select(id!);
    await ana.drag([
      [300, 300],
      [448, 352],
    ]);
    expect(await ana.element(id!)).toMatchObject({ endBinding: { element: target, anchor: [0.5, 0.5] } });
    await ana.click([700, 100]);
    await ana.drag(
      [
        [450, 350],
        [550, 250],
      ],
      { keys: ['Control'] },
    );
    expect((await points(id!))[1]).toEqual([550, 250]);
    await ana.select(id!);
    await ana.drag([
      [550, 250],
      [700, 450],
    ]);
    expect(await ana.element(id!)).toMatchObject({ endBinding: null });
  });
});

describe('commands', () => {
  it('delete, duplicate, order, group, align, distribute, flip and lock, each as one step', async () => {
    const ids = await ana.put(box(100, 100, 50, 50), box(200, 130, 50, 50), box(400, 160, 50, 50));
    const order = async () => (await ana.elements()).map(({ id }) => id);
    const places = async () => (await ana.elements()).map(({ position }) => position);
    await ana.select(ids[0]!);
    await isOneStep(() => ana.press('Shift+BracketRight'));
    expect((await order()).at(-1)).toBe(ids[0]);
    await ana.press('Shift+BracketLeft');
    expect((await order())[0]).toBe(ids[0]);
    await ana.press('Control+a');
    await ana.press('Alt+w');
    expect((await places()).map(([, y]) => y)).toEqual([100, 100, 100]);
    await ana.press('Alt+Shift+h');
    expect((await places()).map(([x]) => x)).toEqual([100, 250, 400]);
    await ana.press('Control+d');
    expect(await ana.elements()).toHaveLength(6);
    expect(await ana.selection()).toHaveLength(3);
    await ana.press('Delete');
    expect(await order()).toEqual(ids);
    await ana.select(ids[1]!);
    await ana.press('Shift+h', 'Control+Shift+L');
    expect(await ana.element(ids[1]!)).toMatchObject({ size: [-50, 50], locked: true });
  });

  it('leave alone what is locked, and say so', async () => {
    const [a] = await ana.put(box(100, 100, 50, 50, { locked: true }));
    await ana.select(a!);
    const before = await ana.elements();
    await ana.press('Delete', 'ArrowLeft', 'Shift+h', 'Shift+BracketRight');
    await ana.drag([
      [125, 125],
      [225, 225],
    ]);
    await ana.select(a!);
    await ana.drag([
      [150, 150],
      [225, 225],
    ]);
    expect(await ana.elements()).toEqual(before);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.notice?.text)).toContain('locked');
    await ana.select(a!);
    await ana.press('Control+Shift+L', 'Delete');
    expect(await ana.elements()).toEqual([]);
  });

  it('change nothing where the person may only look, and say so', async () => {
    const [a] = await ana.put(box(100, 100));
    const before = await ana.elements();
    await ana.page.evaluate(() => window.canvasPage.view!.setReadOnly(true));
    await ana.click([150, 140]);
    expect(await ana.selection()).toEqual([a]);
    await ana.drag([
      [150, 140],
      [400, 400],
    ]);
    await ana.drag([
      [200, 180],
      [400, 400],
    ]);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.notice?.text)).toBe(
      'This board is read only.',
    );
    await ana.page.evaluate(() => window.canvasPage.view!.dismissNotice());
    await ana.press('Delete', 'ArrowLeft', 'Control+d', 'Control+z');
    expect(await ana.elements()).toEqual(before);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.notice?.text)).toBe(
      'This board is read only.',
    );
  });
});

describe('C5: somebody else at the same element', () => {
  const theirs = (id: ElementId, change: 'move' | 'remove' | 'restyle') =>
    ana.page.evaluate(
      ({ id, change }) => {
        const { core, board } = window.canvasPage;
        const ben = core.createBoard({ user: 'ben' });
        core.applyUpdate(ben, core.encodeUpdate(board));
        if (change === 'move') ben.commit(core.moveElements(ben, [id], 30, 0));
        else if (change === 'remove') ben.commit(core.removeElements(ben, [id]));
        else ben.commit(core.styleElements(ben, [id], { fill: '#ff0000' }));
        core.applyUpdate(board, core.encodeUpdate(ben));
      },
      { id, change },
    );

  it('keeps a drag going on what it looks like now, and both hold', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.drag(
      [
        [150, 140],
        [200, 240],
      ],
      { keys: ['Control'], hold: true },
    );
    await theirs(a!, 'move');
    await theirs(a!, 'restyle');
    await ana.page.keyboard.down('Control');
    await ana.page.mouse.move(210, 250);
    await ana.page.mouse.up();
    await ana.page.keyboard.up('Control');
    expect(await ana.element(a!)).toMatchObject({
      position: [190, 210],
      fill: '#ff0000',
    } satisfies Partial<ShapeElement>);
  });

  it('what they remove leaves the hand, and the rest is moved', async () => {
    const [a, b] = await ana.put(box(100, 100), box(300, 100));
    await ana.select(a!, b!);
    await ana.drag(
      [
        [150, 140],
        [150, 240],
      ],
      { keys: ['Control'], hold: true },
    );
    await theirs(a!, 'remove');
    await ana.page.mouse.up();
    expect(await ana.elements()).toMatchObject([{ id: b, position: [300, 200] }]);
    expect(await ana.selection()).toEqual([b]);
  });
});

describe('the others', () => {
  afterEach(() => ana.page.evaluate(() => window.canvasPage.presence.show([])));

  it('P1: are seen dragging, outlined in their colour, with the lines that follow', async () => {
    const [id] = await ana.put(box(100, 100));
    await ana.put({
      kind: 'arrow',
      width: 6,
      points: [
        [600, 400],
        [150, 140],
      ],
      endBinding: { element: id!, anchor: [0.5, 0.5] },
    });
    await ana.page.evaluate(async (id) => {
      const { presence, frame, view } = window.canvasPage;
      const user = { id: 'ben', name: 'Ben', color: '#e8590c' };
      const drag = { ids: [id], transform: [1, 0, 0, 1, 200, 100] as const };
      const ben = { session: 'b', user, cursor: null, tool: null, viewport: null, liveInk: [] };
      presence.show([{ ...ben, selection: [id], drag }]);
      await view!.idle();
      await frame();
    }, id!);
    const color = (layer: number, x: number, y: number) =>
      ana.page.evaluate(
        ([layer, x, y]) => {
          const canvas = document.querySelectorAll('canvas')[layer]!;
          return [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data].slice(0, 3).join();
        },
        [layer, x, y] as const,
      );
    expect(await color(0, 120, 120)).toBe('253,253,251');
    expect(await color(0, 350, 240)).toBe('255,212,59');
    expect(await color(1, 300, 240)).toMatch(/^23[1-3],(88|89|90),1[1-3]$/);
    // Halfway between the arrow's beginning and where the box is seen.
    expect(await color(0, 500, 336)).not.toBe('253,253,251');
    expect(await ana.element(id!)).toMatchObject({ position: [100, 100] });
  });

  it('are told what I drag, from where it is to where it is seen, and that I let go', async () => {
    const [a] = await ana.put(box(100, 100));
    await ana.drag(
      [
        [150, 140],
        [180, 170],
      ],
      { keys: ['Control'] },
    );
    const drags = await ana.page.evaluate(() => window.canvasPage.presence.told.drags);
    expect(drags.at(-2)).toEqual({ ids: [a], copy: null, transform: [1, 0, 0, 1, 30, 30] });
    expect(drags.at(-1)).toBeNull();
  });
});
