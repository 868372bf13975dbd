import type { LineElement, TextElement } from '../element.js';
import type { Point } from '../geometry.js';
import { plainText } from '../text.js';
import type { Polyline } from './path.js';

/** What a line of text takes of the page that nobody has measured, in sizes of its font. */
const LINE_HEIGHT = 1.3;

/** The text of a line whose way is `way`, as a text element around its middle. */
export const placeLabel = (line: LineElement, way: Polyline): TextElement => {
  const { id, author, createdAt, order, parent, locked, color, opacity, text, font, fontSize } = line;
  const [width, height] = line.labelSize;
  const [x, y] = middleOf(way);
  const isMeasured = width > 0 && height > 0;
  const tall = isMeasured ? height : LINE_HEIGHT * fontSize * plainText(text).split('\n').length;
  return {
    ...{ id, author, createdAt, order, parent, locked, color, opacity, text, font, fontSize },
    kind: 'text',
    position: [x - (isMeasured ? width : 0) / 2, y - tall / 2],
    size: isMeasured ? [width, height] : [0, 0],
    rotation: 0,
    align: 'center',
    fit: isMeasured ? 'width' : 'content',
  };
};

/** The point half way along a polyline. */
export const middleOf = (way: Polyline): Point => {
  const lengths: number[] = [];
  for (let index = 2; index + 1 < way.length; index += 2)
    lengths.push(Math.hypot(way[index]! - way[index - 2]!, way[index + 1]! - way[index - 1]!));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    if (length >= left && length > 0) {
      const part = left / length;
      const [x, y] = [way[2 * index]!, way[2 * index + 1]!];
      return [x + part * (way[2 * index + 2]! - x), y + part * (way[2 * index + 3]! - y)];
    }
    left -= length;
  }
  return [way[0] ?? 0, way[1] ?? 0];
};
