import { decodeInkCourse, inkOf, remainingRanges, type StrokeElement, sliceInk } from '@inkwire/core';
import { hairlines, isHairline } from './hairline.js';
import { type DistantStroke, distantStroke } from './hairline-cache.js';
import { type InkCurve, inkPolygon, type Outline, type Polygon } from './ink-outline.js';
import type { PaintContext } from './paint-context.js';
import { paintHairlines, paintInk } from './paint-ink.js';
import type { Surface } from './surface.js';

/** Ink ready to be painted. */
interface InkFigure {
  readonly curve: InkCurve;
  /** What it covers, made when it is first needed. */
  readonly outline: () => Outline;
}

interface Shown {
  readonly stroke: StrokeElement;
  readonly figure: InkFigure;
}

/** By ink: a stroke that is being moved or turned is a new element with every move, of the same figure. */
const figures = new WeakMap<Uint8Array, Shown>();

export function paintStroke(surface: Surface, stroke: StrokeElement, { theme, fade }: PaintContext): void {
  const { tool, color, width } = stroke;
  const style = { tool, color, width, opacity: stroke.opacity * fade };
  if (isHairline(width, surface.scale)) {
    const { start, lines } = distantStroke(stroke, surface.scale, () => thin(stroke, surface.scale));
    paintHairlines(surface, lines, style, start, theme);
    return;
  }
  const figure = figureOfStroke(stroke);
  const { x, y } = figure.curve;
  paintInk(surface, figure.outline(), style, [x[0] ?? 0, y[0] ?? 0], theme);
}

/** From far away a board shows very many strokes, of which nothing more is kept than what is drawn. */
function thin(stroke: StrokeElement, scale: number): Pick<DistantStroke, 'start' | 'lines'> {
  const curve = toBox(stroke, readCourse(stroke));
  return { start: [curve.x[0] ?? 0, curve.y[0] ?? 0], lines: hairlines(curve, stroke.cuts, scale) };
}

function readCourse({ ink }: StrokeElement): InkCurve {
  try {
    return { ...decodeInkCourse(ink), pressure: null };
  } catch {
    // Ink that cannot be read has no points.
    return { length: 0, x: [], y: [], pressure: null };
  }
}

function figureOfStroke(stroke: StrokeElement): InkFigure {
  const known = figures.get(stroke.ink);
  if (known !== undefined && hasSameFigure(known.stroke, stroke)) return known.figure;
  const figure = createFigure(stroke);
  figures.set(stroke.ink, { stroke, figure });
  return figure;
}

function hasSameFigure(a: StrokeElement, b: StrokeElement): boolean {
  if (a === b) return true;
  const sameBox = a.size[0] === b.size[0] && a.size[1] === b.size[1];
  const sameCuts =
    a.cuts.length === b.cuts.length &&
    a.cuts.every(([from, to], i) => b.cuts[i]?.[0] === from && b.cuts[i]?.[1] === to);
  return sameBox && sameCuts && a.width === b.width && a.tool === b.tool;
}

function createFigure(stroke: StrokeElement): InkFigure {
  const curve = strokeCurve(stroke);
  let outline: Outline | undefined;
  return {
    curve,
    outline() {
      outline ??=
        stroke.cuts.length === 0 ? [inkPolygon(curve, stroke.tool, stroke.width)] : cutOutline(stroke, curve);
      return outline;
    },
  };
}

/** What is left is filled at once, so that it covers nothing twice. */
function cutOutline(stroke: StrokeElement, whole: InkCurve): Outline {
  const ink = inkOf(stroke);
  return remainingRanges(ink.length, stroke.cuts).map((range) => {
    const piece = toBox(stroke, sliceInk(ink, range));
    const polygon = inkPolygon(piece, stroke.tool, stroke.width);
    return movePolygon(polygon, (piece.x[0] ?? 0) - (whole.x[0] ?? 0), (piece.y[0] ?? 0) - (whole.y[0] ?? 0));
  });
}

/**
 * The stroke's ink relative to the top left corner of its box: as it was drawn, or scaled and mirrored to the size
 * that it has now. Its line keeps its width.
 */
export function strokeCurve(stroke: StrokeElement): InkCurve {
  return toBox(stroke, inkOf(stroke));
}

function toBox({ size, inkSize }: StrokeElement, ink: InkCurve): InkCurve {
  if (size[0] === inkSize[0] && size[1] === inkSize[1]) return ink;
  return {
    length: ink.length,
    x: stretch(ink.x, size[0], inkSize[0]),
    y: stretch(ink.y, size[1], inkSize[1]),
    pressure: ink.pressure,
  };
}

function stretch(values: ArrayLike<number>, size: number, inkSize: number): Float64Array {
  // Ink without extent cannot be stretched in that direction.
  const factor = inkSize === 0 ? Math.sign(size) || 1 : size / inkSize;
  // A negative size is the same box seen in a mirror.
  const offset = size < 0 ? -size : 0;
  return Float64Array.from(values, (value) => value * factor + offset);
}

function movePolygon(polygon: Polygon, dx: number, dy: number): Polygon {
  return polygon.map((value, i) => value + (i % 2 === 0 ? dx : dy));
}
