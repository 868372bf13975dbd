import {
  boundsOf,
  type Element,
  type ElementId,
  mapPath,
  type Path,
  type Point,
  pathAlong,
  pathOfLine,
  shapePath,
  toPage,
} from '@inkwire/core';

import { type Camera, toViewport } from '../scene/camera.js';

type Find = (id: ElementId) => Element | undefined;

/**
 * The line that shows that an element is meant: its own outline, or the box of what has none. In page coordinates;
 * empty for a group.
 */
export function outlineOf(element: Element, find: Find): Path {
  switch (element.kind) {
    case 'group':
      return [];
    case 'line':
    case 'arrow':
      return pathOfLine(element, find);
    case 'shape':
      return mapPath(toPage(element), shapePath(element.form, absolute(element.size), element.radius));
    case 'custom':
      return boxPath(boundsOf(element, find));
    default:
      return mapPath(
        toPage({ ...element, natural: undefined }),
        shapePath('rectangle', absolute(element.size)),
      );
  }
}

function boxPath({ minX, minY, maxX, maxY }: ReturnType<typeof boundsOf>): Path {
  const corners: Point[] = [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
  ];
  return minX > maxX ? [] : pathAlong(corners, true);
}

function absolute([width, height]: Point): Point {
  return [Math.abs(width), Math.abs(height)];
}

/** Adds a path of the page to the context's current one, in CSS pixels of the viewport. */
export function tracePath(context: CanvasRenderingContext2D, path: Path, camera: Camera): void {
  for (const step of path) {
    const [first = [0, 0], second = first, third = second] = step
      .slice(1)
      .map((point) => toViewport(camera, point as Point));
    if (step[0] === 'move') context.moveTo(...first);
    else if (step[0] === 'line') context.lineTo(...first);
    else context.bezierCurveTo(...first, ...second, ...third);
  }
}
