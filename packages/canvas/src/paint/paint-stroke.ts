import {
  decodeInk,
  decodeInkCourse,
  encodeInk,
  type Ink,
  type InkCourse,
  type InkSpan,
  type PlainStroke,
  type Point,
  remainingRanges,
  type StrokeElement,
  sliceInk,
} from '@inkwire/core';
import { createBoundedCache } from './bounded-cache.js';
import { hairlines, isHairline } from './hairline.js';
import { type InkCurve, inkPolygon, type Outline, type Polygon } from './ink-outline.js';
import type { PaintContext } from './paint-context.js';
import { paintHairlines, paintInk } from './paint-ink.js';
import { drawnPressures } from './pen-tilt.js';
import type { Surface } from './surface.js';

/** What is painted of a stroke. */
type PaintedStroke = Omit<PlainStroke, 'parent' | 'inkSpan'> & Pick<StrokeElement, 'ink'>;

/** A stroke that is wide enough to show how it was drawn. */
interface InkFigure {
  readonly stroke: PaintedStroke;
  /** Its first point, in its box. */
  readonly start: Point;
  /** What it covers. */
  readonly outline: Outline;
}

/** Of all outlines together. */
const MOST_BYTES = 64 * 2 ** 20;
const NO_INK = decodeInk(encodeInk([]));
/** An outline is kept twice: as numbers, and as the path that the browser made of them. */
const BYTES_PER_NUMBER = 2 * 8;
const BYTES_PER_FIGURE = 600;

/** By ink: a stroke that is being moved or turned is a new element with every move, of the same figure. */
const figures = createBoundedCache<Uint8Array, InkFigure>(MOST_BYTES);

/** Gives their memory back. */
export function forgetOutlines(): void {
  figures.clear();
}

/** @param stroke whether it was made an element or not. */
export function paintStroke(
  surface: Surface,
  stroke: PaintedStroke | PlainStroke,
  { theme, fade }: PaintContext,
): void {
  const { tool, color, width } = stroke;
  const style = { tool, color, width, opacity: stroke.opacity * fade };
  if (isHairline(width, surface.scale)) {
    // From far away a board shows very many strokes: nothing is kept of them, since keeping costs more than making.
    const course = readCourse(stroke);
    if (course.length === 0) return;
    const { x, y } = course;
    paintHairlines(
      surface,
      hairlines(course, stroke.cuts, surface.scale),
      style,
      [x[0] ?? 0, y[0] ?? 0],
      theme,
    );
    return;
  }
  const { outline, start } = figureOfStroke('ink' in stroke ? stroke : withInk(stroke));
  paintInk(surface, outline, style, start, theme);
}

/** Valid until the next one is read. */
function readCourse(stroke: PaintedStroke | PlainStroke): InkCourse {
  try {
    const course = 'ink' in stroke ? decodeInkCourse(stroke.ink) : readSpan(stroke.inkSpan);
    return hasOwnSize(stroke) ? course : { length: course.length, ...stretched(stroke, course) };
  } catch {
    return NO_INK;
  }
}

function readSpan({ bytes, start, end }: InkSpan): InkCourse {
  return decodeInkCourse(bytes, start, end);
}

function withInk(stroke: PlainStroke): PaintedStroke {
  const { bytes, start, end } = stroke.inkSpan;
  return { ...stroke, ink: bytes.subarray(start, end) };
}

function figureOfStroke(stroke: PaintedStroke): InkFigure {
  const known = figures.get(stroke.ink);
  if (known !== undefined && hasSameFigure(known.stroke, stroke)) return known;
  const { start, outline } = outlineOf(stroke);
  const figure = { stroke, start, outline };
  const numbers = outline.reduce((sum, polygon) => sum + polygon.length, 0);
  figures.set(stroke.ink, figure, BYTES_PER_FIGURE + BYTES_PER_NUMBER * numbers);
  return figure;
}

function hasSameFigure(a: PaintedStroke, b: PaintedStroke): boolean {
  if (a === b) return true;
  const sameBox = a.size[0] === b.size[0] && a.size[1] === b.size[1];
  const sameCuts =
    a.cuts.length === b.cuts.length &&
    a.cuts.every(([from, to], i) => b.cuts[i]?.[0] === from && b.cuts[i]?.[1] === to);
  return sameBox && sameCuts && a.width === b.width && a.tool === b.tool;
}

function outlineOf(stroke: PaintedStroke): Pick<InkFigure, 'start' | 'outline'> {
  const ink = readInk(stroke);
  const curve = toBox(stroke, curveOf(ink));
  const start: Point = [curve.x[0] ?? 0, curve.y[0] ?? 0];
  const { tool, width, cuts } = stroke;
  if (cuts.length === 0) return { start, outline: [inkPolygon(curve, tool, width)] };
  // What is left is filled at once, so that it covers nothing twice.
  const outline = remainingRanges(ink.length, cuts).map((range) => {
    const piece = toBox(stroke, curveOf(sliceInk(ink, range)));
    const polygon = inkPolygon(piece, tool, width);
    return movePolygon(polygon, (piece.x[0] ?? 0) - start[0], (piece.y[0] ?? 0) - start[1]);
  });
  return { start, outline };
}

/** Not kept beside the outline that is made of it. Ink that cannot be read has no points. */
function readInk({ ink }: PaintedStroke): Ink {
  try {
    return decodeInk(ink);
  } catch {
    return NO_INK;
  }
}

/**
 * The stroke's ink relative to the top left corner of its box: as it was drawn, or scaled and mirrored to the size
 * that it has now. Its line keeps its width.
 */
export function strokeCurve(stroke: PaintedStroke): InkCurve {
  return toBox(stroke, curveOf(readInk(stroke)));
}

function curveOf(ink: Ink): InkCurve {
  return { length: ink.length, x: ink.x, y: ink.y, pressure: drawnPressures(ink) };
}

function toBox(stroke: PaintedStroke, ink: InkCurve): InkCurve {
  return hasOwnSize(stroke) ? ink : { ...ink, ...stretched(stroke, ink) };
}

/** Whether the stroke is as large as it was drawn. */
function hasOwnSize({ size, inkSize }: Pick<PaintedStroke, 'size' | 'inkSize'>): boolean {
  return size[0] === inkSize[0] && size[1] === inkSize[1];
}

type Course<Axis> = { readonly length: number; readonly x: Axis; readonly y: Axis };

function stretched(
  { size, inkSize }: Pick<PaintedStroke, 'size' | 'inkSize'>,
  { length, x, y }: Course<ArrayLike<number>>,
): Pick<InkCourse, 'x' | 'y'> {
  return { x: stretch(x, length, size[0], inkSize[0]), y: stretch(y, length, size[1], inkSize[1]) };
}

function stretch(values: ArrayLike<number>, length: number, size: number, inkSize: number): Float64Array {
  // Ink without extent cannot be stretched in that direction.
  const factor = inkSize === 0 ? Math.sign(size) || 1 : size / inkSize;
  // A negative size is the same box seen in a mirror.
  const offset = size < 0 ? -size : 0;
  return Float64Array.from({ length }, (_, i) => (values[i] ?? 0) * factor + offset);
}

function movePolygon(polygon: Polygon, dx: number, dy: number): Polygon {
  return polygon.map((value, i) => value + (i % 2 === 0 ? dx : dy));
}
