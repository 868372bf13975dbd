import type { Path, Point, Polyline } from '@inkwire/core';
import { cssFont } from './font.js';
import { type Outline, tracePolygon } from './ink-outline.js';
import { markerLayers } from './marker.js';
import type { PixelPen } from './pixel-pen.js';
import type { Fill, Placement, Surface } from './surface.js';
import { setPrecision } from './text-measure.js';
import type { Theme } from './theme.js';

export type CanvasContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * How page coordinates become device pixels of one canvas. The origin is in whole pixels, so that ink never
 * shimmers while panning.
 */
export interface Raster {
  /** Device pixels per page unit. */
  readonly scale: number;
  /** Device pixels from the page's origin to the canvas's top left corner. */
  readonly originX: number;
  readonly originY: number;
}

const NO_DASHES: number[] = [];

/** Tracing costs more than filling: paths live as long as the outline that they trace. */
const paths = new WeakMap<Outline | Path, Path2D>();

/** Points of a line in pixels: an array for each of very many lines would take longer than drawing them. */
let placed = new Float64Array(512);

/**
 * Paints on `context` under `raster`; leaves the context's clip to the caller.
 *
 * @param pen draws the lines that it can: what it drew is there when the caller lifts it. Without one the context does.
 */
export function createCanvasSurface(
  context: CanvasContext,
  raster: Raster,
  theme: Theme,
  pen: PixelPen | null = null,
): Surface {
  let placement: Placement = { position: [0, 0], size: [0, 0], rotation: 0 };
  let clipped = false;
  /** What the context is ready to draw plain lines with: from far away a board is thousands of them in a row. */
  let thinPen: { readonly width: number; readonly fill: Fill } | null = null;

  function use(color: string, operation: GlobalCompositeOperation, opacity: number): void {
    context.globalAlpha = opacity;
    context.globalCompositeOperation = operation;
    context.fillStyle = color;
    context.strokeStyle = color;
  }

  /** Draws in every layer of the fill. */
  function layered({ color, opacity, blend }: Fill, draw: () => void): void {
    if (blend === 'normal') {
      use(color, 'source-over', opacity);
      draw();
      return;
    }
    for (const layer of markerLayers(color, theme)) {
      use(layer.color, layer.blend, opacity);
      draw();
    }
  }

  function useLine(width: number): void {
    context.lineWidth = width;
    context.lineCap = 'round';
    context.lineJoin = 'round';
  }

  /** Of the placement, in device pixels: `[cos, sin, -sin, cos, moveX, moveY]`. */
  const matrix = { cos: 1, sin: 0, moveX: 0, moveY: 0 };

  /** Finds the matrix whose origin is at `start` of the placement. Summed in doubles: canvases multiply in single precision. */
  function locate([startX, startY]: Point): void {
    const { scale, originX, originY } = raster;
    const { position, size, rotation } = placement;
    const [x, y] = position;
    if (rotation === 0) {
      matrix.cos = scale;
      matrix.sin = 0;
      matrix.moveX = (x + startX) * scale - originX;
      matrix.moveY = (y + startY) * scale - originY;
      return;
    }
    const cos = Math.cos(rotation) * scale;
    const sin = Math.sin(rotation) * scale;
    const middleX = Math.abs(size[0]) / 2;
    const middleY = Math.abs(size[1]) / 2;
    matrix.cos = cos;
    matrix.sin = sin;
    matrix.moveX = (x + middleX) * scale + cos * (startX - middleX) - sin * (startY - middleY) - originX;
    matrix.moveY = (y + middleY) * scale + sin * (startX - middleX) + cos * (startY - middleY) - originY;
  }

  /**
   * Places the line's points in device pixels; returns how many numbers they are. Another matrix for each of very many
   * lines takes longer than the lines.
   */
  function place(line: Polyline): number {
    const { cos, sin, moveX, moveY } = matrix;
    if (placed.length < line.length) placed = new Float64Array(2 * line.length);
    for (let i = 0; i + 1 < line.length; i += 2) {
      const x = line[i] as number;
      const y = line[i + 1] as number;
      placed[i] = cos * x - sin * y + moveX;
      placed[i + 1] = sin * x + cos * y + moveY;
    }
    return line.length;
  }

  /** Puts the context's origin at `start` of the placement. */
  function enter(start: Point): void {
    pen?.lift();
    thinPen = null;
    locate(start);
    const { cos, sin, moveX, moveY } = matrix;
    context.setTransform(cos, sin, -sin, cos, moveX, moveY);
  }

  /** Whether the pen drew the lines, placed as they are. */
  function drawnByPen(lines: readonly Polyline[], width: number, { color, opacity, blend }: Fill): boolean {
    const pixels = width * raster.scale;
    if (pen === null || pixels > 1 || blend !== 'normal' || clipped) return false;
    for (const line of lines) if (!pen.draw(placed, place(line), color, pixels * opacity)) return false;
    return true;
  }

  /** Readies the context for plain lines in device pixels. */
  function takeThinPen(width: number, fill: Fill): void {
    pen?.lift();
    if (thinPen === null) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.setLineDash(NO_DASHES);
    }
    const { color, opacity, blend } = fill;
    if (thinPen?.width !== width) useLine(width * raster.scale);
    if (blend === 'normal') {
      const before = thinPen?.fill;
      if (before?.opacity !== opacity || before.blend !== blend) use(color, 'source-over', opacity);
      else if (before.color !== color) context.strokeStyle = color;
    }
    thinPen = { width, fill };
  }

  return {
    scale: raster.scale,
    place(next) {
      placement = next;
    },
    shows({ minX, minY, maxX, maxY }) {
      locate([(minX + maxX) / 2, (minY + maxY) / 2]);
      const { cos, sin, moveX, moveY } = matrix;
      const reachX = ((maxX - minX) * Math.abs(cos) + (maxY - minY) * Math.abs(sin)) / 2;
      const reachY = ((maxX - minX) * Math.abs(sin) + (maxY - minY) * Math.abs(cos)) / 2;
      const { width, height } = context.canvas;
      return (
        moveX + reachX >= 0 && moveY + reachY >= 0 && moveX - reachX <= width && moveY - reachY <= height
      );
    },
    fillOutline(outline, start, fill) {
      enter(start);
      const path = outlinePath(outline);
      layered(fill, () => context.fill(path, 'nonzero'));
    },
    fillPath(path, fill) {
      enter([0, 0]);
      layered(fill, () => context.fill(tracedPath(path)));
    },
    strokePath(path, { width, dashes }, fill) {
      enter([0, 0]);
      useLine(width);
      context.setLineDash([...dashes]);
      layered(fill, () => context.stroke(tracedPath(path)));
    },
    strokeLines(lines, start, width, fill) {
      locate(start);
      if (drawnByPen(lines, width, fill)) return;
      takeThinPen(width, fill);
      context.beginPath();
      for (const line of lines) {
        const length = place(line);
        context.moveTo(placed[0] ?? 0, placed[1] ?? 0);
        // A line that goes nowhere is still a dot.
        if (length === 2) context.lineTo(placed[0] ?? 0, placed[1] ?? 0);
        for (let i = 2; i < length; i += 2) context.lineTo(placed[i] ?? 0, placed[i + 1] ?? 0);
      }
      if (fill.blend === 'normal') context.stroke();
      else layered(fill, () => context.stroke());
    },
    fillText({ text, x, y, direction, font }, fill) {
      enter([0, 0]);
      setPrecision(context);
      context.font = cssFont(font);
      context.textBaseline = 'alphabetic';
      context.textAlign = 'left';
      context.direction = direction;
      layered(fill, () => context.fillText(text, x, y));
    },
    drawImage({ bitmap }, [left, top, right, bottom], [width, height], opacity) {
      if (bitmap === null) return;
      enter([Math.max(-width, 0), Math.max(-height, 0)]);
      use('#000000', 'source-over', opacity);
      if (width < 0 || height < 0) context.scale(Math.sign(width) || 1, Math.sign(height) || 1);
      context.imageSmoothingQuality = 'high';
      context.drawImage(
        bitmap,
        left * bitmap.width,
        top * bitmap.height,
        (right - left) * bitmap.width,
        (bottom - top) * bitmap.height,
        0,
        0,
        Math.abs(width),
        Math.abs(height),
      );
    },
    clip(boxes) {
      thinPen = null;
      if (clipped) context.restore();
      clipped = boxes.length > 0;
      if (!clipped) return;
      context.save();
      for (const box of boxes) {
        placement = box;
        enter([0, 0]);
        context.beginPath();
        context.rect(0, 0, Math.abs(box.size[0]), Math.abs(box.size[1]));
        context.clip();
      }
    },
  };
}

function outlinePath(outline: Outline): Path2D {
  let path = paths.get(outline);
  if (path === undefined) {
    path = new Path2D();
    for (const polygon of outline) tracePolygon(polygon, path);
    paths.set(outline, path);
  }
  return path;
}

function tracedPath(steps: Path): Path2D {
  let path = paths.get(steps);
  if (path === undefined) {
    path = new Path2D();
    for (const step of steps) {
      if (step[0] === 'move') path.moveTo(...step[1]);
      else if (step[0] === 'line') path.lineTo(...step[1]);
      else path.bezierCurveTo(...step[1], ...step[2], ...step[3]);
    }
    paths.set(steps, path);
  }
  return path;
}
