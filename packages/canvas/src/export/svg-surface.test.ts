import { addElement, addElements, createBoard, type NewElement, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { openPicture } from './board-file.js';
import { largestScale } from './export-png.js';
import { exportSvg } from './export-svg.js';

const measure = (text: string, { size }: { size: number }) => text.length * size * 0.5;

describe('exportSvg', () => {
  it('shows everything, with a margin, in page units', async () => {
    const board = createBoard();
    board.commit(addElement(board, { kind: 'shape', position: [100, 50], size: [40, 20], width: 2 }));
    const svg = await exportSvg(board, { margin: 9, measure });
    expect(svg).toContain('viewBox="90 40 60 40"');
    expect(svg).toContain('translate(100 50)');
  });

  it('shows chosen elements or a box, dark or light, on paper or on nothing', async () => {
    const board = createBoard();
    const id = newElementId();
    board.commit(
      addElement(board, { kind: 'shape', id, position: [0, 0], size: [10, 10], color: '#e03131' }),
    );
    board.commit(addElement(board, { kind: 'shape', position: [500, 0], size: [10, 10], color: '#2b8a3e' }));
    expect(await exportSvg(board, { only: [id], measure })).not.toContain('#2b8a3e');
    const box = { minX: 400, minY: -50, maxX: 600, maxY: 50 };
    const part = await exportSvg(board, { only: box, background: 'transparent', measure });
    expect(part).toContain('viewBox="400 -50 200 100"');
    expect(part).not.toContain('#e03131');
    expect(part).not.toContain('<rect');
    expect(await exportSvg(board, { theme: 'dark', measure })).toContain('#17181b');
  });

  it('shows in a box all that reaches into it: also a title, a shadow, the head of an arrow', async () => {
    const board = createBoard();
    const ids = Array.from({ length: 3 }, () => newElementId());
    const made: NewElement[] = [
      { kind: 'frame', position: [0, 0], size: [200, 100], title: 'Plan' },
      { kind: 'sticky', position: [0, -120], size: [100, 100], color: '#ffe58f' },
      {
        ...{ kind: 'arrow', width: 4, endHead: 'triangle', color: '#e03131' },
        points: [
          [120, -22],
          [180, -22],
        ],
      },
    ];
    board.commit(
      addElements(
        board,
        made.map((element, i) => ({ ...element, id: ids[i]! })),
      ),
    );
    const part = { only: { minX: 0, minY: -17, maxX: 200, maxY: -5 }, measure } as const;
    const svg = await exportSvg(board, part);
    for (const shown of ['>Plan<', '#000000', '#e03131']) expect(svg).toContain(shown);
    const opened = await openPicture(new Blob([svg]));
    expect(opened.map(({ id }) => id)).toEqual(ids);
    const elsewhere = await exportSvg(board, { ...part, only: { minX: 300, minY: 0, maxX: 400, maxY: 9 } });
    expect(elsewhere).not.toContain('<path');
  });

  it('S5: writes what people wrote as text only, and nothing that XML cannot hold', async () => {
    const board = createBoard();
    const text = '</tspan><script>alert("1 & 2")</script>\u0000\u0008 end';
    board.commit(addElement(board, { kind: 'sticky', position: [0, 0], size: [900, 900], text }));
    const svg = await exportSvg(board, { measure });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('&amp;');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is asked for.
    expect(svg).not.toMatch(/[\u0000-\u0008]/);
  });

  it('reads a picture once, however large it is and however often it is shown', async () => {
    const board = createBoard();
    const pictures = Array.from({ length: 400 }, (_, i) => ({
      ...({ kind: 'image', size: [10, 10], naturalSize: [10, 10], source: 'large' } as const),
      position: [12 * i, 0] as const,
    }));
    board.commit(addElements(board, [...pictures, { ...pictures[0]!, source: 'small' }]));
    const bytes = new Uint8Array(8 * 2 ** 20).fill(32);
    bytes.set([...'<svg xmlns="http://www.w3.org/2000/svg"/>'].map((sign) => sign.charCodeAt(0)));
    const resolveImage = (source: string) => new Blob([source === 'large' ? bytes : bytes.slice(0, 64)]);
    const began = performance.now();
    const svg = await exportSvg(board, { resolveImage, embed: false, measure });
    // It took half a minute to read it for each.
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(svg.match(/<image /g)).toHaveLength(2);
    const shown = svg.match(/<use href="#[^"]+"/g) ?? [];
    expect([shown.length, new Set(shown).size]).toEqual([401, 2]);
  });

  it('of an empty board is a document too', async () => {
    expect(await exportSvg(createBoard(), { measure })).toContain('</svg>');
  });
});

describe('largestScale', () => {
  it('keeps pictures within what browsers can make', () => {
    expect(largestScale(100_000, 10) * 100_000).toBeLessThanOrEqual(16_384);
    expect((largestScale(20_000, 20_000) * 20_000) ** 2).toBeLessThanOrEqual(2 ** 27);
    expect(largestScale(100, 100)).toBeGreaterThan(100);
  });
});
