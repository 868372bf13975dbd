import type { Box, Point } from '@inkwire/core';

/** Where the viewport is on the page. A value: every function here returns a new one. */
export interface Camera {
  /** Page coordinates of the viewport's top left corner. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels per page unit, {@link MIN_ZOOM} to {@link MAX_ZOOM}. */
  readonly zoom: number;
}

/** The viewport's size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of the viewport, in CSS pixels from its top left corner. */
export interface Area extends Size {
  readonly left: number;
  readonly top: number;
}

export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 64;

/** How far from the origin the viewport may go, in page units: well inside what elements can hold. */
export const PAGE_REACH = 1e7;

export function createCamera(x = 0, y = 0, zoom = 1): Camera {
  return {
    x: clamp(Number.isFinite(x) ? x : 0, -PAGE_REACH, PAGE_REACH),
    y: clamp(Number.isFinite(y) ? y : 0, -PAGE_REACH, PAGE_REACH),
    zoom: clamp(Number.isFinite(zoom) ? zoom : 1, MIN_ZOOM, MAX_ZOOM),
  };
}

/** The page point under a point of the viewport (CSS pixels from its top left corner). */
export function toPage(camera: Camera, point: Point): Point {
  return [camera.x + point[0] / camera.zoom, camera.y + point[1] / camera.zoom];
}

/** The point of the viewport over a page point; the inverse of {@link toPage}. */
export function toViewport(camera: Camera, point: Point): Point {
  return [(point[0] - camera.x) * camera.zoom, (point[1] - camera.y) * camera.zoom];
}

/** The part of the page that a viewport of `size` shows. */
export function viewportBox(camera: Camera, size: Size): Box {
  return {
    minX: camera.x,
    minY: camera.y,
    maxX: camera.x + size.width / camera.zoom,
    maxY: camera.y + size.height / camera.zoom,
  };
}

/** The part of the page that `area` of the viewport shows. */
export function areaBox(camera: Camera, { left, top, width, height }: Area): Box {
  return viewportBox(panBy(camera, left, top), { width, height });
}

/** Moves the viewport over the page by CSS pixels: the page moves the other way. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return createCamera(camera.x + dx / camera.zoom, camera.y + dy / camera.zoom, camera.zoom);
}

/** Sets the zoom, keeping the page point under `anchor` (CSS pixels) where it is. */
export function zoomTo(camera: Camera, zoom: number, anchor: Point): Camera {
  return place(toPage(camera, anchor), anchor, zoom);
}

/**
 * Moves the page point under `from` to `to` (CSS pixels) while the zoom is multiplied by `factor`: what two
 * fingers do, whose middle moves from one to the other.
 */
export function moveAnchor(camera: Camera, from: Point, to: Point, factor: number): Camera {
  return place(toPage(camera, from), to, camera.zoom * factor);
}

/** The camera that shows `page` at `at` (CSS pixels), at the nearest zoom that is possible. */
function place(page: Point, at: Point, wanted: number): Camera {
  const { zoom } = createCamera(0, 0, wanted);
  return createCamera(page[0] - at[0] / zoom, page[1] - at[1] / zoom, zoom);
}

/**
 * A camera that shows all of `box` in the middle of `area`, at most at 100 %, `margin` CSS pixels away from its edges, or a
 * tenth of the area where that is less.
 */
export function fitBox(box: Box, area: Area, margin = 48): Camera {
  const width = Math.max(box.maxX - box.minX, 1e-6);
  const height = Math.max(box.maxY - box.minY, 1e-6);
  const room = (length: number) => length - 2 * Math.min(margin, length / 10);
  const zoom = clamp(Math.min(room(area.width) / width, room(area.height) / height, 1), MIN_ZOOM, MAX_ZOOM);
  return createCamera(
    (box.minX + box.maxX) / 2 - (area.left + area.width / 2) / zoom,
    (box.minY + box.maxY) / 2 - (area.top + area.height / 2) / zoom,
    zoom,
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
