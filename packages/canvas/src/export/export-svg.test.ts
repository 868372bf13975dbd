import {
  addElements,
  createBoard,
  defineKind,
  type ElementId,
  eraseParts,
  type NewElement,
  newElementId,
  pathAlong,
} from '@inkwire/core';
import { describe, expect, it, vi } from 'vitest';
import { exportSvg } from './export-svg.js';
import type { PictureOptions } from './picture.js';

const gauge = defineKind({ name: 'test.gauge' });

/** The SVG of these elements, without the board in it. */
async function svgOf(elements: readonly NewElement[], options: PictureOptions = {}): Promise<string> {
  const board = createBoard({ kinds: [gauge] });
  board.commit(addElements(board, elements));
  return exportSvg(board, { embed: false, ...options });
}

const box = { position: [0, 0], size: [100, 60] } as const;
const SVG = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']);

describe('frames', () => {
  const frame = newElementId();
  const inFrame = (x: number, parent: ElementId | null = frame): NewElement[] => [
    { kind: 'frame', id: frame, ...box },
    { kind: 'shape', position: [x, 10], size: [20, 20], parent, color: '#e03131' },
  ];

  it('show what is in them only inside, and clip nothing that stays inside', async () => {
    expect(await svgOf(inFrame(90))).toMatch(/<g clip-path="url\(#clip-[^"]+"><path[^>]*#e03131/);
    expect(await svgOf(inFrame(40))).not.toContain('clip-path');
    expect(await svgOf(inFrame(90, null))).not.toContain('clip-path');
  });

  it('make a picture as large as what is seen of it', async () => {
    const sizeOf = async (x: number, only?: readonly number[]) => {
      const board = createBoard();
      const change = addElements(board, inFrame(x));
      board.commit(change);
      const ids = only?.map((at) => [...change.births.keys()][at] as ElementId);
      const svg = await exportSvg(board, { embed: false, margin: 0, only: ids });
      return /<svg[^>]*? width="([^"]*)"/.exec(svg)?.[1];
    };
    const whole = await sizeOf(40);
    expect(await sizeOf(95)).toBe(whole);
    expect(await sizeOf(5000)).toBe(whole);
    expect(Number(await sizeOf(95, [1]))).toBeLessThan(10);
  });

  it('have their title above them, cut where they end', async () => {
    const named = (title: string) => svgOf([{ kind: 'frame', ...box, title }]);
    expect(await named('Plan')).toMatch(/y="-7"[^>]*>Plan</);
    expect(await named('A plan that nobody can read to its end')).toMatch(/>A plan[^<]*…</);
    expect(await named('שלום')).toContain('direction="rtl"');
  });
});

describe('an app’s own kinds', () => {
  const elements: NewElement[] = [
    { kind: 'custom', definition: gauge, ...box },
    { kind: 'shape', position: [200, 0], size: [10, 10], color: '#2b8a3e' },
  ];

  it('are painted by their painter, at their place', async () => {
    const svg = await svgOf(elements, {
      painters: {
        'test.gauge': (surface, { size }, { theme, fade }) =>
          surface.strokeLines([Float64Array.of(0, 0, size[0], size[1])], [0, 0], 3, {
            color: theme.ink,
            opacity: fade,
            blend: 'normal',
          }),
      },
    });
    expect(svg).toContain('d="M0 0 100 60"');
    expect(svg).not.toContain('test.gauge');
  });

  it('S5: may paint in any colour that their element says, which stays a colour in the document', async () => {
    const svg = await svgOf(elements, {
      painters: {
        'test.gauge': (surface) =>
          surface.fillPath(pathAlong([[0, 0]]), {
            color: 'red"/><script>alert(1)</script>',
            opacity: 1,
            blend: 'marker',
          }),
      },
    });
    expect(svg).not.toContain('<script');
  });

  it('D12: are boxes with their name without one, and with one that fails; the rest is painted', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const fail = () => {
      throw new Error('a mistake');
    };
    const tried: PictureOptions['painters'][] = [undefined, { 'test.gauge': fail }, { constructor: fail }];
    for (const painters of tried) {
      const svg = await svgOf(elements, { painters });
      expect(svg).toContain('>test.gauge<');
      expect(svg).toContain('#2b8a3e');
    }
    expect(complaint).toHaveBeenCalledOnce();
    complaint.mockRestore();
  });

  it('may be clipped by their painter, inside their frame and no longer than they are painted', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const [frame, part] = [newElementId(), newElementId()];
    const inFrame: NewElement[] = [
      { kind: 'frame', id: frame, position: [0, 0], size: [50, 60] },
      { kind: 'custom', definition: gauge, ...box, parent: frame },
      { kind: 'shape', position: [200, 0], size: [10, 10], color: '#2b8a3e' },
    ];
    for (const fails of [false, true]) {
      const svg = await svgOf(inFrame, {
        painters: {
          'test.gauge': (surface, { position }) => {
            surface.clip([{ id: part, position, size: [9, 9], rotation: 0 }]);
            surface.fillPath(pathAlong([[0, 0]]), { color: '#e03131', opacity: 1, blend: 'normal' });
            if (fails) throw new Error('a mistake');
          },
        },
      });
      const [clipped] = /<g clip-path.*#e03131/.exec(svg)!;
      expect(clipped.match(/clip-path="url\(#clip-[^)]*/g)).toEqual([
        `clip-path="url(#clip-${frame}`,
        `clip-path="url(#clip-${part}`,
      ]);
      expect(svg).toMatch(/^<path [^>]*#2b8a3e/m);
      if (fails) expect(svg).toMatch(/^<g clip-path=[^<]*<text[^>]*>test.gauge/m);
    }
    complaint.mockRestore();
  });
});

describe('pictures', () => {
  const image: NewElement = { kind: 'image', ...box, source: 'a/b/photo%201.png', naturalSize: [4, 4] };

  it('are in the document, once each, cut and mirrored as on the board', async () => {
    const mirrored: NewElement = { ...image, size: [-100, 60], crop: [0.25, 0, 0.75, 1] };
    const svg = await svgOf([image, mirrored], { resolveImage: () => SVG });
    expect(svg.match(/href="data:image\/svg\+xml;base64,/g)).toHaveLength(1);
    expect(svg.match(/<use href="#image-/g)).toHaveLength(2);
    expect(svg).toContain('viewBox="1024 0 2048 4096"');
    expect(svg).toContain('scale(-1 1)');
  });

  it('that fail are boxes with their name, and fail no export', async () => {
    const resolveImage = () => Promise.reject(new Error('no'));
    expect(await svgOf([image], { resolveImage })).toContain('>photo 1.png<');
  });
});

describe('shapes', () => {
  it('are mirrored where their size is negative', async () => {
    const path = async (width: number) => {
      const form = 'parallelogram';
      return / d="([^"]*)"/.exec(
        await svgOf([{ kind: 'shape', form, position: [0, 0], size: [width, 40] }]),
      )?.[1];
    };
    expect(await path(100)).toBe('M25 0L100 0L75 40L0 40L25 0');
    expect(await path(-100)).toBe('M75 0L0 0L25 40L100 40L75 0');
  });
});

describe('sticky notes', () => {
  const note = (color: string): NewElement => ({ kind: 'sticky', ...box, color, text: 'note' });

  it('have ink that can be read on their paper', async () => {
    expect(await svgOf([note('#ffe58f')])).toMatch(/fill="#2a2620"[^>]*>note</);
    expect(await svgOf([note('#1b1b3a')])).toMatch(/fill="#fbf9f4"[^>]*>note</);
    expect(await svgOf([note('#1b1b3a')], { theme: 'dark' })).toMatch(/fill="#fbf9f4"[^>]*>note</);
  });
});

it('an SVG is as large as asked', async () => {
  const board = createBoard();
  board.commit(addElements(board, [{ kind: 'shape', ...box, width: 0, fill: '#ff0000', opacity: 0.5 }]));
  const svg = await exportSvg(board, { scale: 3, margin: 0 });
  expect(svg).toContain('width="300" height="180" viewBox="0 0 100 60"');
  expect(svg).toContain('opacity="0.502"');
  await expect(exportSvg(board, { scale: 0 })).rejects.toThrow(/scale/);
  await expect(exportSvg(board, { margin: -1 })).rejects.toThrow(/margin/);
  const only = { minX: 0, minY: 0, maxX: Number.NaN, maxY: 1 };
  await expect(exportSvg(board, { only })).rejects.toThrow(/only/);
});

it('an SVG of a stroke is as large as what is left of it', async () => {
  const board = createBoard();
  const points = Array.from({ length: 11 }, (_, i) => ({ x: i * 10, y: 0 }));
  const change = addElements(board, [{ kind: 'stroke', width: 4, points }]);
  board.commit(change);
  const [id] = change.births.keys();
  const width = async () =>
    Number(/<svg[^>]*? width="([^"]*)"/.exec(await exportSvg(board, { embed: false, margin: 0 }))?.[1]);
  expect(await width()).toBe(108);
  board.commit(eraseParts(board, [{ id: id as ElementId, ranges: [[0, 8]] }]));
  expect(await width()).toBe(28);
});
