import type { Box } from '@inkwire/core';
import type { Raster } from '../paint/canvas-surface.js';
import type { Camera } from '../scene/camera.js';
import type { Viewport } from './viewport.js';

/** What one frame shows: a raster the size of the screen's canvas. */
export interface View extends Raster {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
}

/** A rectangle of whole device pixels, relative to a canvas's top left corner. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function viewOf(camera: Camera, viewport: Viewport): View {
  const scale = camera.zoom * viewport.pixelRatio;
  return {
    scale,
    originX: Math.round(camera.x * scale),
    originY: Math.round(camera.y * scale),
    width: viewport.pixelWidth,
    height: viewport.pixelHeight,
  };
}

export function sameView(a: View, b: View): boolean {
  return (
    a.scale === b.scale &&
    a.originX === b.originX &&
    a.originY === b.originY &&
    a.width === b.width &&
    a.height === b.height
  );
}

/** All of it, in its own pixels. */
export function wholeOf({ width, height }: View): PixelRect {
  return { x: 0, y: 0, width, height };
}

/** The same with `margin` device pixels around. */
export function growView({ scale, originX, originY, width, height }: View, margin: number): View {
  return {
    scale,
    originX: originX - margin,
    originY: originY - margin,
    width: width + 2 * margin,
    height: height + 2 * margin,
  };
}

/** Whether all of `inner` is in `outer`, pixel for pixel. */
export function showsAll(outer: View, inner: View): boolean {
  const x = inner.originX - outer.originX;
  const y = inner.originY - outer.originY;
  return (
    outer.scale === inner.scale &&
    x >= 0 &&
    y >= 0 &&
    x + inner.width <= outer.width &&
    y + inner.height <= outer.height
  );
}

/** The pixels of a canvas that painting inside `box` may change, or null if there are none. */
export function pixelsOf(box: Box, raster: Raster, width: number, height: number): PixelRect | null {
  // One pixel more: antialiasing reaches past the outline.
  const left = Math.max(Math.floor(box.minX * raster.scale - raster.originX) - 1, 0);
  const top = Math.max(Math.floor(box.minY * raster.scale - raster.originY) - 1, 0);
  const right = Math.min(Math.ceil(box.maxX * raster.scale - raster.originX) + 1, width);
  const bottom = Math.min(Math.ceil(box.maxY * raster.scale - raster.originY) + 1, height);
  return left < right && top < bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** The part of the page behind `rect`, and a little more, so that nothing that reaches into it is missed. */
export function pageBox(rect: PixelRect, raster: Raster): Box {
  return {
    minX: (rect.x - 1 + raster.originX) / raster.scale,
    minY: (rect.y - 1 + raster.originY) / raster.scale,
    maxX: (rect.x + rect.width + 1 + raster.originX) / raster.scale,
    maxY: (rect.y + rect.height + 1 + raster.originY) / raster.scale,
  };
}

export function unionRect(a: PixelRect, b: PixelRect): PixelRect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
