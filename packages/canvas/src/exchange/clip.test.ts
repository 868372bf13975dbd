import { addElements, createBoard, newElementId } from '@inkwire/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clipFromHtml, clipOf, clipToHtml, isClip, readClip } from './clip.js';
import { textOfElements } from './clip-text.js';
import { parseCssColor } from './css-color.js';
import { ExchangeError } from './exchange-error.js';

const ids = [newElementId(), newElementId()] as const;
const board = createBoard({ user: 'ana' });
board.commit(
  addElements(board, [
    { kind: 'frame', id: ids[0], position: [0, 0], size: [300, 300], title: 'Plan <b>' },
    { kind: 'sticky', id: ids[1], position: [0, 100], size: [50, 50], text: 'שלום 😀', parent: ids[0] },
  ]),
);

it('carries elements with what is in them, and other programs see what they say, as text', () => {
  const clip = clipOf(board, [ids[0]]);
  expect(isClip(clip)).toBe(true);
  expect(readClip(clip).map(({ id }) => id)).toEqual([...ids]);
  const text = textOfElements(board, [ids[0]]);
  expect(text).toBe('Plan <b>\nשלום 😀');
  const html = clipToHtml(clip, text);
  expect(html).toContain('Plan &lt;b&gt;<br>');
  expect(clipFromHtml(`<html><body><!--StartFragment-->${html}<!--EndFragment--></body></html>`)).toBe(clip);
});

it('whatever is in place of a clip, it is refused with a typed error, or is one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(clipFromHtml(text)).toBe(null);
      try {
        readClip(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ExchangeError);
      }
    }),
  );
  expect(clipFromHtml('<div data-inkwire-clip="/w==">')).toBe(null);
});

it('reads colours as CSS writes them', () => {
  const colors = {
    '#FA5': ['#ffaa55', 1],
    '#ff000080': ['#ff0000', 0.5],
    rebeccapurple: ['#663399', 1],
    ' White ': ['#ffffff', 1],
    transparent: ['#000000', 0],
    'rgb(10, 20, 300)': ['#0a14ff', 1],
    'rgba(10 20 30 / 25%)': ['#0a141e', 0.25],
  } as const;
  for (const [text, [hex, alpha]] of Object.entries(colors)) {
    expect(parseCssColor(text)?.hex, text).toBe(hex);
    expect(parseCssColor(text)?.alpha, text).toBeCloseTo(alpha, 2);
  }
  for (const text of ['', 'blurple', '#12', 'constructor', '__proto__', 'url(x)', 'rgb(1,2)'])
    expect(parseCssColor(text), text).toBe(null);
});
