import {
  boundsOf,
  type Element,
  type ElementId,
  type LineElement,
  labelOf,
  mapPath,
  type Path,
  type Point,
  pathAlong,
  pathOfLine,
  shapePath,
  toPage,
} from '@inkwire/core';
import { gapOf } from '../paint/line-label.js';
import { pathAround } from '../paint/path-gap.js';
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
      return lineOutline(element, find);
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

/** As the line itself, it makes room for what is written on it. */
function lineOutline(line: LineElement, find: Find): Path {
  const path = pathOfLine(line, find);
  return line.text.length === 0 ? path : pathAround(path, gapOf(labelOf(line, find)));
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
