import { addElement, createBoard, type LineElement, labelOf, type NewLine } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { exportSvg } from '../export/export-svg.js';
import { textLayoutOf } from './element-text.js';
import { gapOf, labelSizeFor } from './line-label.js';

const ARROW: NewLine = {
  kind: 'arrow',
  points: [
    [0, 0],
    [400, 0],
  ],
  text: 'calls',
  font: 'sans',
};

function drawn(more: Partial<NewLine> = {}) {
  const board = createBoard();
  board.commit(addElement(board, { ...ARROW, ...more }));
  const [line] = [...board.elements()] as LineElement[];
  if (line === undefined) throw new Error('There is no line.');
  return { board, line, label: labelOf(line, board.recall) };
}

const picture = (more: Partial<NewLine> = {}) => exportSvg(drawn(more).board, { embed: false });

/** The paths that are stroked, with what they are moved by. */
const strokes = (svg: string) =>
  [...svg.matchAll(/<path transform="translate\(([^)]*)\)" d="([^"]*)" fill="none"/g)].map(
    ([, at, d]) => `${at}: ${d}`,
  );

describe('the label of a line', () => {
  it('breaks at a width that goes with its font, and needs no box where it says nothing', () => {
    const style = { font: 'sans', fontSize: 20 } as const;
    expect(labelSizeFor({ text: [], ...style })).toEqual([0, 0]);
    const short = labelSizeFor({ text: [{ insert: 'yes' }], ...style });
    const long = labelSizeFor({ text: [{ insert: 'a sentence that goes on and on and on' }], ...style });
    expect(short[1]).toBe(26);
    expect(long[0]).toBeLessThanOrEqual(241);
    expect(long[1]).toBeGreaterThanOrEqual(52);
  });

  it('is set in its measured box as it was when it was measured', () => {
    const text = [{ insert: 'a sentence that goes on and on and on' }];
    const labelSize = labelSizeFor({ text, font: 'sans', fontSize: 20 });
    const { label } = drawn({ text, labelSize, fontSize: 20 });
    const { lines, fontSize } = textLayoutOf(label);
    expect(fontSize).toBe(20);
    expect(lines.length * 26).toBe(labelSize[1]);
  });

  it('stands in a gap of the line, on the way to the head as on the way from it', async () => {
    const { label } = drawn({ labelSize: [60, 26] });
    const { minX, maxX } = gapOf(label);
    expect([minX + maxX, minX > 165, maxX < 235]).toEqual([400, true, true]);
    const [way] = strokes(await picture({ labelSize: [60, 26] }));
    // Its round ends reach half its width further.
    expect(way).toBe(`0 0: M0 0L${minX - 1} 0M${maxX + 1} 0L400 0`);
    expect(await picture({ labelSize: [60, 26] })).toMatch(/<text[^>]*>calls<\/text>/);
  });

  it('that nobody measured stands there, too', async () => {
    const [way] = strokes(await picture());
    expect(way).toBe('0 0: M0 0L168 0M232 0L400 0');
  });

  it('a line that says nothing has no gap', async () => {
    expect(strokes(await picture({ text: '', labelSize: [60, 26] }))[0]).toBe('0 0: M0 0L400 0');
  });

  it('a curve has its gap as well, and a filled line keeps its fill', async () => {
    const points = [
      [0, 0],
      [200, 100],
      [400, 0],
    ] as const;
    const svg = await picture({ points, routing: 'curve', labelSize: [60, 26], fill: '#ffd43b' });
    const [way = ''] = strokes(svg);
    expect(way.match(/M/g)).toHaveLength(2);
    expect(svg).toContain('fill="#ffd43b"');
  });
});
