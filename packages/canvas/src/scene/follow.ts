import type { Box } from '@inkwire/core';
import { type Camera, createCamera, type Size } from './camera.js';

/** How fast the rest of the way shrinks (ms): after three times this, a twentieth is left. */
const EASE = 90;
/** Nearer than this, in CSS pixels and as a factor of zoom, the camera is there. */
const ARRIVED = 0.25;
const ARRIVED_ZOOM = 0.001;

/** The camera that shows all of `box` in the middle of a viewport, as large as it can be. */
export function cameraOver(box: Box, size: Size): Camera {
  const width = Math.max(box.maxX - box.minX, 1e-6);
  const height = Math.max(box.maxY - box.minY, 1e-6);
  const { zoom } = createCamera(0, 0, Math.min(size.width / width, size.height / height));
  return createCamera(
    (box.minX + box.maxX) / 2 - size.width / 2 / zoom,
    (box.minY + box.maxY) / 2 - size.height / 2 / zoom,
    zoom,
  );
}

/**
 * The camera `elapsed` ms later on its way from `camera` to `target`: quick at first, then gently. It is `target`
 * itself once it is as good as there.
 */
export function approach(camera: Camera, target: Camera, size: Size, elapsed: number): Camera {
  const part = 1 - Math.exp(-elapsed / EASE);
  const zoom = camera.zoom * (target.zoom / camera.zoom) ** part;
  const middleX = mix(
    middle(camera.x, size.width, camera.zoom),
    middle(target.x, size.width, target.zoom),
    part,
  );
  const middleY = mix(
    middle(camera.y, size.height, camera.zoom),
    middle(target.y, size.height, target.zoom),
    part,
  );
  const next = createCamera(middleX - size.width / 2 / zoom, middleY - size.height / 2 / zoom, zoom);
  const near =
    Math.abs(next.x - target.x) * target.zoom < ARRIVED &&
    Math.abs(next.y - target.y) * target.zoom < ARRIVED &&
    Math.abs(next.zoom / target.zoom - 1) < ARRIVED_ZOOM;
  return near ? target : next;
}

function middle(edge: number, length: number, zoom: number): number {
  return edge + length / 2 / zoom;
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
