import { type LineElement, type Lookup, labelOf, type Point, turnAround } from '@inkwire/core';
import { boxContains } from './pick.js';
import { framePoint, type SelectionFrame } from './selection-frame.js';

/** What a hand can take hold of. */
export type Handle =
  /** A corner or a side of the frame: `x` and `y` are -1, 0 or 1, and 0 is the middle. */
  | { readonly kind: 'resize'; readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 }
  | { readonly kind: 'rotate' }
  /** A point of a line, or with `inserts` the place between two where a new one can be pulled out. */
  | { readonly kind: 'point'; readonly index: number; readonly inserts: boolean };

/** A handle that is to be seen, and where (page). */
export interface Grip {
  readonly handle: Handle;
  readonly at: Point;
}

/** How far the knob that turns the frame is above it, in CSS pixels. */
const KNOB_DISTANCE = 26;
/** Sides that are shorter on the screen (CSS pixels) cannot be told from the corners. */
const SHORTEST_SIDE = 30;
/** Pieces of a line that are shorter have no place to pull a new point out of. */
const SHORTEST_PIECE = 48;

const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** The corners of a frame and the knob that turns it. Its sides can be taken anywhere. */
export function frameGrips(frame: SelectionFrame, zoom: number): Grip[] {
  return [
    ...CORNERS.map(([x, y]): Grip => ({ handle: { kind: 'resize', x, y }, at: framePoint(frame, x, y) })),
    { handle: { kind: 'rotate' }, at: knobOf(frame, zoom) },
  ];
}

function knobOf(frame: SelectionFrame, zoom: number): Point {
  const { centre, height, angle } = frame;
  return turnAround([centre[0], centre[1] - height / 2 - KNOB_DISTANCE / zoom], centre, angle);
}

/** The points of a line, and between them the places where it can be bent. An elbow finds its own bends. */
export function lineGrips(line: LineElement, zoom: number, find: Lookup): Grip[] {
  const label = line.text.length === 0 ? null : labelOf(line, find);
  const points = line.points.map(([x, y]): Point => [x + line.position[0], y + line.position[1]]);
  const ends = line.routing === 'elbow' ? [0, points.length - 1] : [...points.keys()];
  const grips = ends.map((index): Grip => {
    const at = points[index] as Point;
    return { handle: { kind: 'point', index, inserts: false }, at };
  });
  if (line.routing === 'elbow') return grips;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1] as Point, points[index] as Point];
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) * zoom < SHORTEST_PIECE) continue;
    const along = (part: number): Point => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    // What is written in the middle takes the line along when it is pulled.
    const at = label !== null && boxContains(label, along(1 / 2)) ? along(1 / 4) : along(1 / 2);
    grips.push({ handle: { kind: 'point', index, inserts: true }, at });
  }
  return grips;
}

/** The nearest of the grips within `reach` page units of a point; of two, the one that is a point already. */
export function gripAt(grips: readonly Grip[], point: Point, reach: number): Grip | null {
  let nearest: Grip | null = null;
  let shortest = reach;
  for (const grip of grips) {
    const distance = Math.hypot(grip.at[0] - point[0], grip.at[1] - point[1]);
    if (distance > shortest || (nearest !== null && distance === shortest)) continue;
    shortest = distance;
    nearest = grip;
  }
  return nearest;
}

/**
 * What a pointer at `point` would take hold of: the knob, a corner or a side. Inside of a small frame there is room left to
 * take it whole.
 *
 * @param reach how far beside it the pointer may be, CSS pixels.
 */
export function frameHandleAt(
  frame: SelectionFrame,
  point: Point,
  zoom: number,
  reach: number,
): Handle | null {
  const knob = knobOf(frame, zoom);
  if (Math.hypot(point[0] - knob[0], point[1] - knob[1]) * zoom <= reach) return { kind: 'rotate' };
  const [x, y] = turnAround(point, frame.centre, -frame.angle);
  const across = edgeAt((x - frame.centre[0]) * zoom, (frame.width / 2) * zoom, reach);
  const along = edgeAt((y - frame.centre[1]) * zoom, (frame.height / 2) * zoom, reach);
  if (across === null || along === null) return null;
  if (across !== 0 && along !== 0) return { kind: 'resize', x: across, y: along };
  if (across === 0 && along === 0) return null;
  const length = (across === 0 ? frame.width : frame.height) * zoom;
  const flat = across === 0 ? frame.height === 0 : frame.width === 0;
  return length < SHORTEST_SIDE || flat ? null : { kind: 'resize', x: across, y: along };
}

/** Which edge of -half … half is near `at`: -1 or 1; 0 between them; null outside. */
function edgeAt(at: number, half: number, reach: number): -1 | 0 | 1 | null {
  if (Math.abs(at) > half + reach) return null;
  const inwards = Math.min(reach, half / 2);
  if (at > half - inwards) return 1;
  return at < -half + inwards ? -1 : 0;
}

const CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The CSS cursor of a handle on a frame that is turned by `angle`. */
export function handleCursor(handle: Handle, angle: number): string {
  if (handle.kind === 'rotate') return 'grab';
  if (handle.kind === 'point') return handle.inserts ? 'copy' : 'move';
  const direction = Math.atan2(handle.y, handle.x) + angle;
  const eighths = Math.round(direction / (Math.PI / 4));
  return CURSORS[((eighths % 4) + 4) % 4] ?? 'move';
}
