import type { ElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { box, useEditing } from './editing-page.js';

const ana = useEditing();

describe('a click', () => {
  it('selects the topmost element, Shift adds and takes away, and beside all of them nothing is selected', async () => {
    const [low, high, apart] = await ana.put(box(100, 100), box(150, 120), box(400, 100));
    await ana.click([170, 150]);
    expect(await ana.selection()).toEqual([high]);
    await ana.click([450, 140], { keys: ['Shift'] });
    expect(await ana.selection()).toEqual([high, apart]);
    await ana.click([170, 190], { keys: ['Shift'] });
    expect(await ana.selection()).toEqual([apart]);
    await ana.click([110, 110]);
    expect(await ana.selection()).toEqual([low]);
    await ana.click([700, 500]);
    expect(await ana.selection()).toEqual([]);
  });

  it('with Alt goes through what lies one upon another', async () => {
    const ids = await ana.put(box(100, 100), box(110, 105), box(120, 110));
    const seen: ElementId[][] = [];
    for (let i = 0; i < 4; i++) {
      await ana.click([160, 150], { keys: ['Alt'] });
      seen.push([...(await ana.selection())]);
    }
    expect(seen).toEqual([[ids[2]], [ids[1]], [ids[0]], [ids[2]]]);
  });

  it('selects a group as a whole, and after a double click its members; Escape leads out again', async () => {
    const [a, b] = await ana.put(box(100, 100), box(250, 100));
    await ana.select(a!, b!);
    await ana.press('Control+g');
    const [group] = await ana.selection();
    expect((await ana.element(group!)).kind).toBe('group');
    await ana.press('Escape');
    expect(await ana.selection()).toEqual([]);
    await ana.click([150, 140]);
    expect(await ana.selection()).toEqual([group]);
    await ana.page.mouse.dblclick(300, 140);
    expect(await ana.selection()).toEqual([b]);
    await ana.click([150, 140]);
    expect(await ana.selection()).toEqual([a]);
    await ana.press('Escape');
    expect(await ana.selection()).toEqual([group]);
    await ana.press('Control+Shift+g');
    expect(await ana.selection()).toEqual([a, b]);
  });

  it('takes a shape without a fill by its outline, and inside where nothing else is meant', async () => {
    const [hollow, inner] = await ana.put(box(100, 100, 300, 200, { fill: 'none' }), box(200, 150, 50, 50));
    await ana.click([225, 175]);
    expect(await ana.selection()).toEqual([inner]);
    await ana.click([100, 250]);
    expect(await ana.selection()).toEqual([hollow]);
    await ana.press('Escape');
    await ana.click([350, 250]);
    expect(await ana.selection()).toEqual([hollow]);
  });

  it('does not select what is locked, and says so', async () => {
    await ana.put(box(100, 100, 100, 80, { locked: true }));
    await ana.click([150, 140]);
    expect(await ana.selection()).toEqual([]);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.notice?.text)).toContain('locked');
  });
});

describe('a drag beside everything', () => {
  it('selects what its box touches, with Shift besides what was selected', async () => {
    const [a, b, c] = await ana.put(box(100, 100), box(300, 100), box(500, 400));
    await ana.drag([
      [50, 50],
      [320, 110],
    ]);
    expect(await ana.selection()).toEqual([a, b]);
    await ana.drag(
      [
        [700, 550],
        [590, 470],
      ],
      { keys: ['Shift'] },
    );
    expect(await ana.selection()).toEqual([a, b, c]);
  });

  it('leaves out what the box is inside of, and takes frames only whole', async () => {
    const [, inside] = await ana.put(
      { kind: 'frame', position: [50, 50], size: [400, 300] },
      box(150, 150, 50, 50),
      box(60, 60, 380, 280, { fill: 'none' }),
    );
    await ana.drag([
      [120, 120],
      [260, 260],
    ]);
    expect(await ana.selection()).toEqual([inside]);
    await ana.drag([
      [20, 20],
      [480, 380],
    ]);
    expect(await ana.selection()).toHaveLength(3);
  });

  it('with Alt selects what a lasso goes around, and Escape brings back what was selected', async () => {
    const [a, b] = await ana.put(box(100, 100), box(300, 100));
    await ana.select(b!);
    const around = [
      [90, 90],
      [210, 90],
      [210, 190],
      [90, 190],
    ] as const;
    await ana.drag(around, { keys: ['Alt'] });
    expect(await ana.selection()).toEqual([a]);
    await ana.press('Shift+Q');
    await ana.drag([
      [290, 90],
      [410, 90],
      [410, 190],
      [290, 190],
    ]);
    expect(await ana.selection()).toEqual([b]);
    expect(await ana.page.evaluate(() => window.canvasPage.view!.tool)).toBe('select');
    await ana.select(a!);
    await ana.drag([[600, 500], ...around], { hold: true });
    expect(await ana.selection()).not.toEqual([a]);
    await ana.press('Escape');
    await ana.page.mouse.up();
    expect(await ana.selection()).toEqual([a]);
  });
});

describe('what is selected', () => {
  it('is told to the others, and what is removed leaves it', async () => {
    const ids = await ana.put(box(100, 100), box(300, 100));
    await ana.press('Control+a');
    expect(await ana.selection()).toEqual(ids);
    expect(await ana.page.evaluate(() => window.canvasPage.presence.told.selection)).toEqual(ids);
    await ana.page.evaluate((id) => {
      const { core, board } = window.canvasPage;
      board.commit(core.removeElements(board, [id]), { undo: 'none' });
    }, ids[0]!);
    expect(await ana.selection()).toEqual([ids[1]]);
    expect(await ana.page.evaluate(() => window.canvasPage.presence.told.selection)).toEqual([ids[1]]);
  });

  it('is given up by a tool that draws, and costs no frame while nothing changes', async () => {
    const [id] = await ana.put(box(100, 100));
    await ana.select(id!);
    const frames = await ana.page.evaluate(async () => {
      const { view, frame } = window.canvasPage;
      await view!.idle();
      await frame();
      let count = 0;
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (...all: unknown[]) {
        count++;
        return drawImage.apply(this, all as never);
      };
      for (let i = 0; i < 20; i++) await frame();
      CanvasRenderingContext2D.prototype.drawImage = drawImage;
      return count;
    });
    expect(frames).toBe(0);
    await ana.press('p');
    expect(await ana.selection()).toEqual([]);
  });
});
