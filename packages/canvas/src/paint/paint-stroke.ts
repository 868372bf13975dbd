import { inkOf, type Point, remainingRanges, type StrokeElement, sliceInk } from '@inkwire/core';
import { type InkCurve, inkPolygon, type Outline, type Polygon } from './ink-outline.js';
import type { PaintContext } from './paint-element.js';
import type { Surface } from './surface.js';
import { adaptColor } from './theme.js';

interface StrokeShape {
  readonly outline: Outline;
  /** The first point, relative to the top left corner of the stroke's box. */
  readonly start: Point;
}

/** Elements are immutable, so a shape is right for as long as its element exists. */
const shapes = new WeakMap<StrokeElement, StrokeShape>();

export function paintStroke(surface: Surface, stroke: StrokeElement, { theme, fade }: PaintContext): void {
  const { outline, start } = shapeOf(stroke);
  surface.fillOutline(outline, start, {
    color: adaptColor(stroke.color, theme),
    opacity: stroke.opacity * fade,
    blend: stroke.tool === 'highlighter' ? 'marker' : 'normal',
  });
}

function shapeOf(stroke: StrokeElement): StrokeShape {
  let shape = shapes.get(stroke);
  if (shape === undefined) {
    shape = createShape(stroke);
    shapes.set(stroke, shape);
  }
  return shape;
}

/** What was erased is left out of the line; what is left is filled at once, so that it covers nothing twice. */
function createShape(stroke: StrokeElement): StrokeShape {
  const whole = strokeCurve(stroke);
  const start: Point = [whole.x[0] ?? 0, whole.y[0] ?? 0];
  if (stroke.cuts.length === 0) return { outline: [inkPolygon(whole, stroke.tool, stroke.width)], start };
  const ink = inkOf(stroke);
  const outline = remainingRanges(ink.length, stroke.cuts).map((range) => {
    const piece = toBox(stroke, sliceInk(ink, range));
    const polygon = inkPolygon(piece, stroke.tool, stroke.width);
    return movePolygon(polygon, (piece.x[0] ?? 0) - start[0], (piece.y[0] ?? 0) - start[1]);
  });
  return { outline, start };
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
