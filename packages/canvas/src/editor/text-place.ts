import { invertMatrix, type Matrix, mapPoint, type Placement, type Point, toPage } from '@inkwire/core';
import type { Camera } from '../scene/camera.js';

/** The map from an element's text layout to the viewport, in CSS pixels. Text is never mirrored. */
export function textMatrix({ position, size, rotation }: Placement, camera: Camera): Matrix {
  const [a, b, c, d, e, f] = toPage({ position, size: [Math.abs(size[0]), Math.abs(size[1])], rotation });
  const { x, y, zoom } = camera;
  return [a * zoom, b * zoom, c * zoom, d * zoom, (e - x) * zoom, (f - y) * zoom];
}

/** Where a point of the viewport (CSS pixels) is in the layout. */
export function layoutPoint(matrix: Matrix, point: Point): Point {
  const back = invertMatrix(matrix);
  return back === null ? [0, 0] : mapPoint(back, point);
}
