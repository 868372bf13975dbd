import { createInkEdges, type InkEdges, type InkTool, type LineCaps, type Seam } from './ink-edges.js';

/** A closed polygon, `[x0, y0, x1, y1, …]`, whose corners are smoothed when it is drawn. */
export type Polygon = Float64Array;

/** What a line covers: the union of polygons, in page units from the ink's first point. Never changed. */
export type Outline = readonly Polygon[];

/** Ink as the polygon needs it: coordinates in page units from any origin, pressure 0..1 or none. */
export interface InkCurve {
  readonly length: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly pressure: ArrayLike<number> | null;
}

/**
 * The polygon around a line drawn with `width` (its diameter in page units at pressure 0.5).
 *
 * Ink without pressure gets the pressure of its speed, so a mouse line breathes like a pen's. The result is relative
 * to the first point: live ink and committed ink, which count from different origins, have the same polygon down to the
 * last bit, and there is nothing to see on pointer up.
 */
export function inkPolygon({ length, x, y, pressure }: InkCurve, tool: InkTool, width: number): Polygon {
  if (!(width > 0) || length === 0) return new Float64Array(0);
  const edges = createInkEdges({ tool, width, measured: pressure !== null });
  const [originX, originY] = [x[0] ?? 0, y[0] ?? 0];
  const point = (i: number) => ({
    x: (x[i] ?? 0) - originX,
    y: (y[i] ?? 0) - originY,
    pressure: pressure === null ? undefined : (pressure[i] ?? 0.5),
  });
  for (let i = 0; i < length - 1; i++) {
    const { x, y, pressure } = point(i);
    edges.add(x, y, pressure);
  }
  return wholePolygon(edges, edges.end([point(length - 1)]));
}

/** All of a line that was completed with `caps`. */
export function wholePolygon(edges: InkEdges, caps: LineCaps): Polygon {
  const { left, right } = edges;
  const end = { left: left.length / 2, right: right.length / 2 };
  return partPolygon(edges, { left: 0, right: 0 }, end, caps);
}

/** The part of a line from one seam to another, with the caps that it has there. */
export function partPolygon(
  { left, right }: Pick<InkEdges, 'left' | 'right'>,
  from: Seam,
  to: Seam,
  caps: Partial<LineCaps>,
): Polygon {
  const { start = [], end = [] } = caps;
  const corners = to.left - from.left + to.right - from.right;
  const polygon = new Float64Array(2 * corners + start.length + end.length);
  let at = 0;
  for (let i = 2 * from.left; i < 2 * to.left; i++) polygon[at++] = left[i] ?? 0;
  for (const value of end) polygon[at++] = value;
  for (let i = to.right - 1; i >= from.right; i--) {
    polygon[at++] = right[2 * i] ?? 0;
    polygon[at++] = right[2 * i + 1] ?? 0;
  }
  for (const value of start) polygon[at++] = value;
  return polygon;
}

/** The commands that a polygon needs: a Path2D, a canvas context, or a writer of SVG path data. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  closePath(): void;
}

/** Traces the polygon as quadratic curves through the middles of its edges. */
export function tracePolygon(polygon: Polygon, sink: PathSink): void {
  const count = polygon.length / 2;
  if (count < 3) return;
  let x = polygon[polygon.length - 2] ?? 0;
  let y = polygon[polygon.length - 1] ?? 0;
  let nextX = polygon[0] ?? 0;
  let nextY = polygon[1] ?? 0;
  sink.moveTo((x + nextX) / 2, (y + nextY) / 2);
  for (let i = 0; i < count; i++) {
    x = nextX;
    y = nextY;
    const next = i + 1 === count ? 0 : 2 * (i + 1);
    nextX = polygon[next] ?? 0;
    nextY = polygon[next + 1] ?? 0;
    sink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  sink.closePath();
}
