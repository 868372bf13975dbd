import { type Outline, traceOutline } from './ink-outline.js';
import type { Fill, Surface } from './surface.js';
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

  function use({ color, opacity, blend }: Fill): void {
    context.globalAlpha = opacity;
    context.globalCompositeOperation = blend === 'marker' ? marker : 'source-over';
    context.fillStyle = color;
  }

  return {
    place({ position: [x, y], size: [width, height], rotation }) {
      const { scale, originX, originY } = raster;
      const cos = Math.cos(rotation) * scale;
      const sin = Math.sin(rotation) * scale;
      const middleX = Math.abs(width) / 2;
      const middleY = Math.abs(height) / 2;
      // The offset is summed here, in doubles: canvases multiply matrices in single precision.
      const left = (x + middleX) * scale - (cos * middleX - sin * middleY) - originX;
      const top = (y + middleY) * scale - (sin * middleX + cos * middleY) - originY;
      context.setTransform(cos, sin, -sin, cos, left, top);
    },
    fill(outline, fill) {
      use(fill);
      context.fill(pathOf(outline), 'nonzero');
    },
    fillBox([width, height], radius, fill) {
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
