import {
  boxAround,
  type InkPoint,
  type NewElement,
  type NewLine,
  type NewStroke,
  type Point,
  turnAround,
} from '@inkwire/core';
import { labelSizeFor } from '../../paint/line-label.js';
import type { RemarkBook } from '../remarks.js';
import { bindingOf } from './binding.js';
import { type Conversion, dashOf, fillColor, isRound, outlineStyle, strokeColor } from './conversion.js';
import { lettering } from './convert-text.js';
import type { Fields } from './fields.js';

/** A line whose ends are this close (units) encloses what lies within. */
const CLOSED_WITHIN = 8;
/** Hand-drawn lines are so many times as wide as their number says. */
const PEN_WIDTHS = 4.25;

/** The points of a line on the page: they are kept relative to its place, and turned around the middle of their box. */
export function pagePoints(source: Fields): Point[] {
  const [x, y] = [source.number('x'), source.number('y')];
  const points = source.points('points').map(([px, py]): Point => [x + px, y + py]);
  const angle = source.setting('angle', 0, -1000, 1000);
  if (angle === 0 || points.length === 0) return points;
  const { minX, minY, maxX, maxY } = boxAround(points);
  return points.map((point) => turnAround(point, [(minX + maxX) / 2, (minY + maxY) / 2], angle));
}

function isClosed(points: readonly Point[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 3 || first === undefined || last === undefined) return false;
  return Math.hypot(first[0] - last[0], first[1] - last[1]) <= CLOSED_WITHIN;
}

/** A line that is not closed may have a fill, but Excalidraw paints none. */
function enclosedFill(source: Fields, points: readonly Point[], book: RemarkBook): string {
  return isClosed(points) ? fillColor(source, book) : 'none';
}

type Head = NonNullable<NewLine['endHead']>;

/** Our head for each of theirs, and whether it looks the same. */
const HEADS: ReadonlyMap<string, readonly [head: Head, same: boolean]> = new Map([
  ['arrow', ['arrow', true]],
  ['bar', ['bar', true]],
  ['dot', ['dot', true]],
  ['circle', ['dot', true]],
  ['circle_outline', ['dot', false]],
  ['triangle', ['triangle', true]],
  ['triangle_outline', ['triangle', false]],
  ['diamond', ['diamond', true]],
  ['diamond_outline', ['diamond', false]],
]);

function headOf(source: Fields, field: string, book: RemarkBook): Head {
  const name = source.name(field);
  if (name === null) return 'none';
  const [head, same] = HEADS.get(name) ?? ['arrow', false];
  if (!same) book.note('head');
  return head;
}

/** A line or arrow; null for one without a way to go. */
export function convertLine(source: Fields, kind: 'line' | 'arrow', conversion: Conversion): NewLine | null {
  const { book } = conversion;
  const points = pagePoints(source);
  if (points.length < 2) return null;
  const startBinding = bindingOf(source, 'startBinding', points, conversion);
  const endBinding = bindingOf(source, 'endBinding', [...points].reverse(), conversion);
  const elbow = source.flag('elbowed');
  // An elbow that is bound finds its own way between its ends.
  const ends = elbow && (startBinding ?? endBinding) !== null;
  const style = outlineStyle(source, book);
  return {
    kind,
    points: ends ? [points[0] as Point, points.at(-1) as Point] : points,
    ...style,
    ...labelOn(source, style, conversion),
    fill: enclosedFill(source, points, book),
    dash: dashOf(source, book),
    routing: elbow ? 'elbow' : isRound(source) && points.length > 2 ? 'curve' : 'straight',
    startBinding,
    endBinding,
    startHead: headOf(source, 'startArrowhead', book),
    // The earliest files have no word for the head that every arrow had.
    endHead:
      kind === 'arrow' && !source.mentions('endArrowhead') ? 'arrow' : headOf(source, 'endArrowhead', book),
  };
}

/** What is written on a line: in the colour of the line, unless that cannot be seen. */
function labelOn(
  source: Fields,
  style: ReturnType<typeof outlineStyle>,
  { book, labelOf }: Conversion,
): Partial<NewLine> {
  const label = labelOf(source.name('id') ?? '');
  if (label === undefined) return {};
  const { text, font, fontSize } = lettering(label, book);
  const color = strokeColor(label, book);
  if (style.width !== 0 && color !== style.color) book.note('label-color');
  return {
    ...(style.width === 0 && color !== null && { color }),
    ...{ text, font, fontSize },
    labelSize: labelSizeFor({ text: text === '' ? [] : [{ insert: text }], font, fontSize }),
  };
}

/** A line drawn by hand, after what it encloses, if that is painted; nothing for one without points. */
export function convertStroke(source: Fields, type: 'freedraw' | 'draw', { book }: Conversion): NewElement[] {
  const points = pagePoints(source);
  if (points.length === 0) return [];
  const style = outlineStyle(source, book);
  const fill = enclosedFill(source, points, book);
  const area: NewLine = { kind: 'line', points, ...style, width: 0, fill };
  const width = style.width * (type === 'freedraw' ? PEN_WIDTHS : 1);
  const ink: NewStroke = { kind: 'stroke', points: inkOf(source, type, points), ...style, width };
  return [...(fill === 'none' ? [] : [area]), ...(width > 0 ? [ink] : [])];
}

/** The earliest files drew lines of one width; later ones say how hard the pen was pressed, or leave it to speed. */
function inkOf(source: Fields, type: 'freedraw' | 'draw', points: readonly Point[]): InkPoint[] {
  if (type === 'draw') return points.map(([x, y]) => ({ x, y, pressure: 0.5 }));
  const pressures = source.flag('simulatePressure') ? [] : source.numbers('pressures');
  return points.map(([x, y], i) => {
    const pressure = pressures[i];
    return pressure == null ? { x, y } : { x, y, pressure: Math.min(Math.max(pressure, 0), 1) };
  });
}
