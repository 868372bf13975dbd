import type { CanvasContext } from './canvas-surface.js';
import { pixelOf } from './color.js';
import { drawThinLine, type Pixels } from './line-raster.js';

/**
 * Draws thin lines into the pixels of an opaque canvas. From far away a board is thousands of them, and for each of them
 * a canvas keeps its path, sends it somewhere and covers it with a rasteriser made for any shape.
 *
 * Each line is laid over the pixels that are there, so it makes no difference which of them are drawn in a row: what
 * else is painted between them only makes it read the pixels again, and no more of them than the next lines need.
 */
export interface PixelPen {
  /**
   * Draws lines from point to point. Returns whether it can.
   *
   * @param points `[x0, y0, x1, y1, …]` in the canvas's pixels, of which the first `length` numbers count.
   * @param color of which it knows `#rrggbb`.
   * @param strength the line's width times its opacity, 0..1.
   */
  draw(points: ArrayLike<number>, length: number, color: string, strength: number): boolean;
  /** Puts what it drew on the canvas: before anything else is painted there, and at the end. */
  lift(): void;
}

/** Whole pixels of a canvas. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels that were read, or are to be drawn, and are put on the canvas later. */
interface Held extends Pixels {
  left: number;
  top: number;
  readonly image: ImageData;
}

/**
 * The largest that is done with: memory that nobody used yet takes longer to get than to fill. The object is used again as
 * well: for a second one V8 would throw away what it had just compiled for the first.
 */
let spare: Held | null = null;

function holding(image: ImageData): Held {
  const { width, height } = image;
  return { left: 0, top: 0, width, height, image, data: new Int32Array(image.data.buffer) };
}

function takeSpare(context: CanvasContext, { width, height }: Area): Held {
  if (spare?.width !== width || spare.height !== height)
    return holding(context.createImageData(width, height));
  const taken = spare;
  spare = null;
  return taken;
}

function giveBack(held: Held): void {
  if (spare === null || spare.data.length < held.data.length) spare = held;
}

/** So many lines in a row have pixels of their own read; then it is cheaper to read all of the area. */
const FEW = 32;
/** How far a line reaches beyond its points: half its width, its round ends, and what it shares with neighbours. */
const REACH = 2;

/**
 * @param area that is of interest: nothing need be drawn beyond it.
 * @param blank the colour that all of it has, where that is known.
 */
export function createPixelPen(context: CanvasContext, area: Area, blank: string | null = null): PixelPen {
  let held: Held | null = null;
  let count = 0;
  /** Until something was put there. */
  let empty = blank === null ? null : pixelOf(blank);
  const known = new Map<string, number | null>();

  function pixelIn(color: string): number | null {
    let pixel = known.get(color);
    if (pixel === undefined) {
      pixel = pixelOf(color);
      known.set(color, pixel);
    }
    return pixel;
  }

  function hold(part: Area): Held {
    lift();
    const { x, y, width, height } = empty === null ? part : area;
    held = empty === null ? holding(context.getImageData(x, y, width, height)) : takeSpare(context, area);
    held.left = x;
    held.top = y;
    if (empty !== null) held.data.fill(empty);
    empty = null;
    return held;
  }

  function lift(): void {
    if (held === null) return;
    context.putImageData(held.image, held.left, held.top);
    giveBack(held);
    held = null;
  }

  /** The pixels that the lines reach, or null if there are none of them in the area. */
  function reached(points: ArrayLike<number>, length: number): Area | null {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < length; i += 2) {
      const x = points[i] as number;
      const y = points[i + 1] as number;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    const left = Math.max(Math.floor(minX) - REACH, area.x);
    const top = Math.max(Math.floor(minY) - REACH, area.y);
    const width = Math.min(Math.ceil(maxX) + REACH, area.x + area.width) - left;
    const height = Math.min(Math.ceil(maxY) + REACH, area.y + area.height) - top;
    return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
  }

  function pixelsFor(points: ArrayLike<number>, length: number): Held | null {
    if (held !== null && holds(held, area)) return held;
    const part = reached(points, length);
    if (part === null || (held !== null && holds(held, part))) return part && held;
    count++;
    return hold(count > FEW ? area : part);
  }

  return {
    draw(points, length, color, strength) {
      const pixel = pixelIn(color);
      if (pixel === null) return false;
      const pixels = pixelsFor(points, length);
      if (pixels !== null) drawThinLine(pixels, points, length, pixel, strength);
      return true;
    },
    lift() {
      lift();
      empty = null;
      count = 0;
    },
  };
}

function holds({ left, top, width, height }: Pixels, part: Area): boolean {
  return (
    left <= part.x &&
    top <= part.y &&
    left + width >= part.x + part.width &&
    top + height >= part.y + part.height
  );
}
