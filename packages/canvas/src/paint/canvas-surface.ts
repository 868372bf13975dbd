import type { Point } from '@inkwire/core';
import { type Outline, traceOutline } from './ink-outline.js';
import type { Fill, Placement, Surface } from './surface.js';
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

/** Tracing costs more than filling: paths live as long as the outline that they trace. */
const paths = new WeakMap<Outline, Path2D>();

/** Paints on `context` under `raster`; leaves the context's clip to the caller. */
export function createCanvasSurface(context: CanvasContext, raster: Raster, theme: Theme): Surface {
  const marker = theme.dark ? 'screen' : 'multiply';
  let placement: Placement = { position: [0, 0], size: [0, 0], rotation: 0 };

  function use({ color, opacity, blend }: Fill): void {
    context.globalAlpha = opacity;
    context.globalCompositeOperation = blend === 'marker' ? marker : 'source-over';
    context.fillStyle = color;
  }

  /** Puts the context's origin at `start` of the placement. Summed in doubles: canvases multiply in single precision. */
  function enter([startX, startY]: Point): void {
    const { scale, originX, originY } = raster;
    const [x, y] = placement.position;
    if (placement.rotation === 0) {
      context.setTransform(
        scale,
        0,
        0,
        scale,
        (x + startX) * scale - originX,
        (y + startY) * scale - originY,
      );
      return;
    }
    const cos = Math.cos(placement.rotation) * scale;
    const sin = Math.sin(placement.rotation) * scale;
    const middleX = Math.abs(placement.size[0]) / 2;
    const middleY = Math.abs(placement.size[1]) / 2;
    const left = (x + middleX) * scale + cos * (startX - middleX) - sin * (startY - middleY) - originX;
    const top = (y + middleY) * scale + sin * (startX - middleX) + cos * (startY - middleY) - originY;
    context.setTransform(cos, sin, -sin, cos, left, top);
  }

  return {
    place(next) {
      placement = next;
    },
    fill(outline, start, fill) {
      enter(start);
      use(fill);
      context.fill(pathOf(outline), 'nonzero');
    },
    fillBox([width, height], radius, fill) {
      enter([0, 0]);
      use(fill);
      context.beginPath();
      context.roundRect(0, 0, Math.abs(width), Math.abs(height), radius);
      context.fill();
    },
  };
}

function pathOf(outline: Outline): Path2D {
  let path = paths.get(outline);
  if (path === undefined) {
    path = new Path2D();
    traceOutline(outline, path);
    paths.set(outline, path);
  }
  return path;
}
