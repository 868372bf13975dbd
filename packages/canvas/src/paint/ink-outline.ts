import { getStroke } from 'perfect-freehand';

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

export type InkTool = 'pen' | 'highlighter';

/**
 * perfect-freehand measures a few things in absolute units (3 units at the end of a line count as noise). Ink is
 * scaled to this diameter before and back after, so that a line looks the same however fine it was drawn.
 */
const REFERENCE_WIDTH = 8;

const STYLE = {
  pen: { thinning: 0.55, smoothing: 0.5, streamline: 0.35 },
  highlighter: { thinning: 0, smoothing: 0.5, streamline: 0.45 },
} as const;

/**
 * The polygon around a line drawn with `width` (its diameter in page units at pressure 0.5).
 *
 * Ink without pressure gets the pressure of its speed, so a mouse line breathes like a pen's. The result is relative
 * to the first point: live ink and committed ink, which count from different origins, have the same polygon down to the
 * last bit, and there is nothing to see on pointer up.
 */
export function inkPolygon(ink: InkCurve, tool: InkTool, width: number): Polygon {
  if (!(width > 0)) return new Float64Array(0);
  const scale = REFERENCE_WIDTH / width;
  const { x, y, pressure } = ink;
  const originX = x[0] ?? 0;
  const originY = y[0] ?? 0;
  const points: number[][] = [];
  for (let i = 0; i < ink.length; i++) {
    const px = ((x[i] ?? 0) - originX) * scale;
    const py = ((y[i] ?? 0) - originY) * scale;
    points.push(pressure === null ? [px, py] : [px, py, pressure[i] ?? 0.5]);
  }
  const corners = getStroke(points, {
    ...STYLE[tool],
    size: REFERENCE_WIDTH,
    simulatePressure: pressure === null,
    last: true,
  });
  const polygon = new Float64Array(corners.length * 2);
  let at = 0;
  for (const [px, py] of corners) {
    polygon[at++] = px / scale;
    polygon[at++] = py / scale;
  }
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
