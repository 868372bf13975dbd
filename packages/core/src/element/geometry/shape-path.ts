import type { Point } from '../geometry.js';
import type { RegisterValue } from '../register.js';
import { type Path, type PathStep, pathAlong } from './path.js';

export type ShapeForm = RegisterValue<'form'>;

/**
 * The closed outline of a shape that fills the box from [0, 0] to [width, height].
 *
 * `radius` rounds the corners, as far as the sides allow it; round forms have none.
 */
export const shapePath = (form: ShapeForm, [width, height]: Point, radius = 0): Path => {
  const outline = FORMS[form];
  if (typeof outline === 'string') return scaleCurves(outline, width, height);
  const corners = outline.map(([x, y]): Point => [x * width, y * height]);
  return radius > 0 ? roundCorners(corners, radius) : pathAlong(corners, true);
};

/** Corners of the regular polygon with `count` corners, or of the star that has every second one at `inner`. */
const regular = (count: number, first: number, inner = 1): readonly Point[] => {
  const corners = Array.from({ length: count }, (_, index): Point => {
    const angle = first + (index / count) * 2 * Math.PI;
    const reach = index % 2 === 0 ? 1 : inner;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  return corners.map(([x, y]) => [(x - left) / width, (y - top) / height]);
};

const UP = -Math.PI / 2;
/** The inner corners of a pentagram, whose sides go on through each other. */
const PENTAGRAM = (3 - Math.sqrt(5)) / 2;

/** In the unit square: corners, or curves as `x,y` triples of cubic Béziers after the point where they begin. */
const FORMS: Record<ShapeForm, readonly Point[] | string> = {
  rectangle: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  diamond: [
    [0.5, 0],
    [1, 0.5],
    [0.5, 1],
    [0, 0.5],
  ],
  triangle: [
    [0.5, 0],
    [1, 1],
    [0, 1],
  ],
  parallelogram: [
    [0.25, 0],
    [1, 0],
    [0.75, 1],
    [0, 1],
  ],
  trapezoid: [
    [0.2, 0],
    [0.8, 0],
    [1, 1],
    [0, 1],
  ],
  star: regular(10, UP, PENTAGRAM),
  pentagon: regular(5, UP),
  hexagon: regular(6, 0),
  octagon: regular(8, Math.PI / 8),
  // Four arcs; 0.2239 = (1 - 4/3 tan(π/8)) / 2 puts the control points of a quarter circle.
  ellipse:
    '0.5,0 0.7761,0 1,0.2239 1,0.5 1,0.7761 0.7761,1 0.5,1 0.2239,1 0,0.7761 0,0.5 0,0.2239 0.2239,0 0.5,0',
  heart:
    '0.5,1 0.3,0.85 0,0.62 0,0.3 0,0.12 0.12,0 0.27,0 0.37,0 0.46,0.06 0.5,0.16 0.54,0.06 0.63,0 0.73,0 0.88,0 1,0.12 1,0.3 1,0.62 0.7,0.85 0.5,1',
  cloud:
    '0.2,1 0.08,1 0,0.9 0,0.76 0,0.63 0.07,0.54 0.17,0.52 0.16,0.35 0.25,0.24 0.37,0.27 0.42,0.1 0.52,0 0.65,0 0.8,0 0.9,0.16 0.88,0.38 0.96,0.43 1,0.54 1,0.68 1,0.87 0.92,1 0.8,1 0.6,1 0.4,1 0.2,1',
};

const scaleCurves = (curves: string, width: number, height: number): Path => {
  const points = curves.split(' ').map((pair): Point => {
    const [x, y] = pair.split(',').map(Number) as [number, number];
    return [x * width, y * height];
  });
  const steps: PathStep[] = [['move', points[0]!]];
  for (let index = 1; index + 2 < points.length; index += 3)
    steps.push(['curve', points[index]!, points[index + 1]!, points[index + 2]!]);
  return steps;
};

/** How far along a corner's side the control point of its arc lies, as a part of the way to the corner. */
const ARC = 0.5523;

const roundCorners = (corners: readonly Point[], radius: number): Path => {
  const steps: PathStep[] = [];
  corners.forEach((corner, index) => {
    const before = corners.at(index - 1)!;
    const after = corners[(index + 1) % corners.length]!;
    const [enter, leave] = [toward(corner, before, radius), toward(corner, after, radius)];
    steps.push([index === 0 ? 'move' : 'line', enter]);
    steps.push(['curve', between(enter, corner, ARC), between(leave, corner, ARC), leave]);
  });
  return [...steps, ['line', steps[0]![1]]];
};

/** The point `distance` from `from` towards `to`, but never past the middle. */
const toward = (from: Point, to: Point, distance: number): Point => {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  return between(from, to, length === 0 ? 0 : Math.min(0.5, distance / length));
};

const between = (a: Point, b: Point, t: number): Point => [
  a[0] + t * (b[0] - a[0]),
  a[1] + t * (b[1] - a[1]),
];
