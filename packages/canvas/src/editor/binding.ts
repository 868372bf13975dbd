import type { Binding, Element, ElementId, Point } from '@inkwire/core';
import { boxPoint } from './pick.js';
import type { ToolContext } from './tool.js';

/** How far outside of an element a line's end still finds it, CSS pixels. */
const REACH = 10;
/** An end this near to the middle, as a part of the box, is meant to point at the middle. */
const MIDDLE = 0.2;

/**
 * What the end of a line at `point` would be bound to: the topmost element there that a line can point at. Frames only
 * by their edge, since lines are drawn in them.
 *
 * @param except the line itself.
 */
export function bindingAt(
  { query, zoom }: Pick<ToolContext, 'query' | 'zoom'>,
  point: Point,
  except: ElementId | null = null,
): Binding | null {
  const reach = REACH / zoom;
  const [x, y] = point;
  const near = query({ minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach });
  for (const element of [...near].reverse()) {
    if (element.id === except || !isTarget(element)) continue;
    const [across, along] = boxPoint(element, point);
    const [marginX, marginY] = [reach / Math.abs(element.size[0]), reach / Math.abs(element.size[1])];
    if (!(across >= -marginX && across <= 1 + marginX && along >= -marginY && along <= 1 + marginY)) continue;
    const inside = across > marginX && across < 1 - marginX && along > marginY && along < 1 - marginY;
    if (element.kind === 'frame' && inside) continue;
    return { element: element.id, anchor: anchorAt(across, along) };
  }
  return null;
}

function isTarget({ kind }: Element): boolean {
  return kind !== 'line' && kind !== 'arrow' && kind !== 'stroke' && kind !== 'group' && kind !== 'unknown';
}

function anchorAt(across: number, along: number): readonly [number, number] {
  if (Math.abs(across - 0.5) < MIDDLE && Math.abs(along - 0.5) < MIDDLE) return [0.5, 0.5];
  return [Math.min(Math.max(across, 0), 1), Math.min(Math.max(along, 0), 1)];
}
