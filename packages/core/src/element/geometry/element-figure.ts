import { inkOf } from '../decoded-ink.js';
import type { Element, LineElement, StrokeElement, TextElement } from '../element.js';
import type { Box, Point } from '../geometry.js';
import type { ElementId } from '../id.js';
import { cornersOf } from './box.js';
import { remainingRanges, slicePolyline } from './eraser.js';
import { type Figure, hits } from './figure.js';
import { placeLabel } from './line-label.js';
import { linePath } from './line-path.js';
import { flattenPath, mapPath, type Path, type Polyline, pathAlong } from './path.js';
import { mapPoint, type Placement, toPage } from './placement.js';
import { shapePath } from './shape-path.js';

/** Finds the element that a line's end is bound to. */
export type Lookup = (id: ElementId) => Element | null | undefined;

/** The path of a line or arrow on the page, from outline to outline of what its ends are bound to. */
export const pathOfLine = (line: LineElement, lookup: Lookup): Path =>
  linePath(
    pagePoints(line),
    line.routing,
    targetOf(line.startBinding, lookup),
    targetOf(line.endBinding, lookup),
  );

/**
 * What an element covers of the page: a stroke without what was erased of it, the outline of a shape, which is filled
 * if it has a fill or a text, the edge of a frame, the box of anything else; nothing of a group.
 *
 * Kept for as long as the element is.
 *
 * @param lookup finds what lines are bound to.
 */
export const figureOf = (element: Element, lookup: Lookup): Figure => {
  if (isLine(element)) return boundLine(element, lookup).figure;
  let figure = figures.get(element);
  if (figure === undefined) {
    figure = createFigure(element);
    figures.set(element, figure);
  }
  return figure;
};

/**
 * The text of a line as an element by itself, which is how it is set and painted: upright, around the middle of the
 * line's way. Kept for as long as the line and what it is bound to stay the same.
 */
export const labelOf = (line: LineElement, lookup: Lookup): TextElement => boundLine(line, lookup).label;

/**
 * Whether a pointer at `point` (page units) touches an element.
 *
 * @param tolerance how far beside it may be, screen pixels.
 * @param zoom screen pixels per unit.
 */
export const hitsElement = (
  element: Element,
  point: Point,
  tolerance: number,
  zoom: number,
  lookup: Lookup,
): boolean => {
  if (element.kind === 'custom' && element.definition.hitTest !== undefined)
    return element.definition.hitTest(element, point, tolerance / zoom);
  return hits(figureOf(element, lookup), point, tolerance, zoom);
};

const figures = new WeakMap<Element, Figure>();
const NOTHING: Figure = { lines: [], filled: false, reach: 0 };

type Unbound = Exclude<Element, LineElement>;

const isLine = (element: Element): element is LineElement =>
  element.kind === 'line' || element.kind === 'arrow';

const createFigure = (element: Unbound): Figure => {
  switch (element.kind) {
    case 'stroke':
      return { lines: inkLines(element), filled: false, reach: element.width / 2 };
    case 'shape': {
      const { form, size, radius, fill, text, width } = element;
      const outline = shapePath(form, [Math.abs(size[0]), Math.abs(size[1])], radius);
      const lines = flattenPath(mapPath(toPage(element), outline));
      return { lines, filled: fill !== 'none' || text.length > 0, reach: width / 2 };
    }
    case 'frame':
      return { lines: [boxLine(element)], filled: false, reach: 0 };
    case 'custom':
      return customFigure(element.definition.bounds?.(element)) ?? boxFigure(element);
    case 'group':
      return NOTHING;
    default:
      return boxFigure(element);
  }
};

const boxFigure = (placement: Placement): Figure => ({ lines: [boxLine(placement)], filled: true, reach: 0 });

const customFigure = (bounds: Box | undefined): Figure | undefined =>
  bounds && { lines: flattenPath(pathAlong(cornersOf(bounds), true)), filled: true, reach: 0 };

/** The edge of an element's box, closed. */
const boxLine = (placement: Placement): Polyline => {
  const [width, height] = [Math.abs(placement.size[0]), Math.abs(placement.size[1])];
  const corners = cornersOf({ minX: 0, minY: 0, maxX: width, maxY: height });
  const matrix = toPage(placement);
  return Float64Array.from([...corners, corners[0]].flatMap((corner) => mapPoint(matrix, corner)));
};

/** The lines of a stroke on the page, one for each piece that is left of it. */
const inkLines = (stroke: StrokeElement): Polyline[] => {
  const line = inkLine(stroke);
  if (stroke.cuts.length === 0) return line.length === 0 ? [] : [line];
  return remainingRanges(line.length / 2, stroke.cuts).map((range) => slicePolyline(line, range));
};

/** The whole line of a stroke on the page, as if nothing were erased: what an eraser's ranges are positions along. */
export const inkLine = (stroke: StrokeElement): Polyline => {
  const { length, x, y } = inkOf(stroke);
  const [a, b, c, d, e, f] = toPage({ ...stroke, natural: stroke.inkSize });
  const line = new Float64Array(2 * length);
  for (let index = 0; index < length; index++) {
    line[2 * index] = a * x[index]! + c * y[index]! + e;
    line[2 * index + 1] = b * x[index]! + d * y[index]! + f;
  }
  return line;
};

interface Bound {
  readonly start: Figure | null;
  readonly end: Figure | null;
  readonly figure: Figure;
  readonly label: TextElement;
}

const bounds = new WeakMap<LineElement, Bound>();

/** A line's figure depends on those that it is bound to: it is kept for as long as these stay the same. */
const boundLine = (line: LineElement, lookup: Lookup): Bound => {
  const start = targetOf(line.startBinding, lookup);
  const end = targetOf(line.endBinding, lookup);
  const known = bounds.get(line);
  if (known !== undefined && known.start === start && known.end === end) return known;
  const filled = line.fill !== 'none';
  const way = flattenPath(linePath(pagePoints(line), line.routing, start, end));
  const label = placeLabel(line, way[0] ?? Float64Array.of(...line.position));
  const figure: Figure = {
    lines: filled ? way.map(closed) : way,
    filled,
    reach: line.width / 2,
    label: line.text.length === 0 ? undefined : boxLine(label),
  };
  const bound: Bound = { start, end, figure, label };
  bounds.set(line, bound);
  return bound;
};

/** What is filled reaches from the last point to the first. */
const closed = (line: Polyline): Polyline => Float64Array.of(...line, line[0]!, line[1]!);

const pagePoints = ({ points, position }: LineElement): Point[] =>
  points.map(([x, y]) => [x + position[0], y + position[1]]);

/** What a line runs up to: nothing of a group, and not a line, which might be bound to this one in turn. */
const targetOf = (binding: LineElement['startBinding'], lookup: Lookup): Figure | null => {
  const element = binding === null ? null : lookup(binding.element);
  if (!element || element.kind === 'line' || element.kind === 'arrow' || element.kind === 'group')
    return null;
  return figureOf(element, lookup);
};
