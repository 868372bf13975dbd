import { type Binding, type LineElement, type NewValue, type Point, writeRegisters } from '@inkwire/core';
import { bindingAt } from './binding.js';
import type { Handle } from './handles.js';
import { holdElements } from './held-gesture.js';
import type { Mark } from './mark.js';
import type { Gesture, ToolContext } from './tool.js';

type PointHandle = Extract<Handle, { readonly kind: 'point' }>;

interface Pull {
  readonly to: Point;
  readonly binding: Binding | null;
}

/** A point this near to the straight line between its neighbours, in CSS pixels, bends nothing. */
const FLAT = 5;

/**
 * Pulls one point of a line, or a new one out of it: with Shift at angles of 15°. An end is bound to what it is dropped on
 * unless Control or Command is held; a bend that is pulled straight is gone.
 */
export function beginLinePoint(context: ToolContext, line: LineElement, handle: PointHandle): Gesture {
  const { board, zoom } = context;
  const { id } = line;
  const end = handle.inserts ? null : endOf(line, handle.index);
  let pull: Pull | null = null;
  const held = holdElements<Pull>(context, [id], ([present], { to, binding }) => {
    const now = present === undefined ? undefined : board.get(present);
    const values: NewValue[] = [];
    if (now?.kind === 'line' || now?.kind === 'arrow') {
      values.push({ id, register: 'points', value: pulled(now, handle, to, FLAT / zoom) });
      if (end !== null) values.push({ id, register: end, value: binding });
    }
    return writeRegisters(board, values);
  });

  return {
    cursor: 'move',
    get preview() {
      return held.preview;
    },
    get marks(): readonly Mark[] {
      if (!pull?.binding) return [];
      return [{ kind: 'outline', id: pull.binding.element, strength: 'target' }];
    },
    move(samples) {
      const last = samples.at(-1);
      if (last === undefined) return;
      const to = last.keys.shift ? straighten(line, handle, last.point) : last.point;
      const binding = end === null || last.keys.mod ? null : bindingAt(context, to, id);
      pull = { to, binding };
      held.update(pull);
    },
    finish: held.finish,
    cancel: held.cancel,
  };
}

function endOf({ points }: LineElement, index: number): 'startBinding' | 'endBinding' | null {
  if (index === 0) return 'startBinding';
  return index === points.length - 1 ? 'endBinding' : null;
}

/** The line's points, relative to its position, with one pulled to a place on the page. */
function pulled(
  { points, position }: LineElement,
  { index, inserts }: PointHandle,
  to: Point,
  flat: number,
): Point[] {
  const next = [...points];
  next.splice(index, inserts ? 0 : 1, [to[0] - position[0], to[1] - position[1]]);
  const [before, at, after] = [next[index - 1], next[index], next[index + 1]];
  if (before === undefined || at === undefined || after === undefined) return next;
  return distanceToLine(at, before, after) < flat ? next.filter((_, i) => i !== index) : next;
}

function distanceToLine(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(point[0] - a[0], point[1] - a[1]);
  const along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (length * length);
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy);
}

const STEP = Math.PI / 12;

/** The point at the nearest step of an angle from `from`, as far away as `to`. */
export function stepAngle(from: Point, to: Point): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
  const length = dx * Math.cos(angle) + dy * Math.sin(angle);
  return [from[0] + length * Math.cos(angle), from[1] + length * Math.sin(angle)];
}

function straighten({ points, position }: LineElement, { index, inserts }: PointHandle, to: Point): Point {
  const neighbour = index > 0 ? points[index - 1] : points[inserts ? 0 : 1];
  if (neighbour === undefined) return to;
  return stepAngle([neighbour[0] + position[0], neighbour[1] + position[1]], to);
}
