import type { Point } from '@inkwire/core';
import { type Camera, moveAnchor } from '../scene/camera.js';

/** Where two fingers are: CSS pixels of the viewport. */
export interface Pinch {
  readonly middle: Point;
  readonly distance: number;
}

export function pinchOf([a = [0, 0], b = a]: Iterable<Point>): Pinch {
  return {
    middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
    distance: Math.hypot(a[0] - b[0], a[1] - b[1]),
  };
}

/** The camera that leaves under the fingers what was under them before. */
export function followPinch(camera: Camera, before: Pinch, now: Pinch): Camera {
  const factor = before.distance > 0 ? now.distance / before.distance : 1;
  return moveAnchor(camera, before.middle, now.middle, factor);
}
