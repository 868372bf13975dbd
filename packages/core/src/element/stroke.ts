import type { Birth } from './birth.js';
import { encodeInk, type InkPoint } from './ink.js';
import { REGISTERS } from './register.js';
import { checkCoordinate, STEPS_PER_UNIT, type Value } from './value.js';

/** A stroke as it comes from a pen. */
export interface NewStroke {
  readonly kind: 'stroke';
  readonly tool?: 'pen' | 'highlighter';
  /** `#rrggbb`, or `ink`. Default `ink`. */
  readonly color?: string;
  /** Diameter in page units at pressure 0.5. Default 2. */
  readonly width?: number;
  /** 0..1. Default 1. */
  readonly opacity?: number;
  /** At least one, in page coordinates. */
  readonly points: readonly InkPoint[];
  /** The ink's precision in page units. Default 1/16; finer for who draws zoomed in. */
  readonly quantum?: number;
}

const range = (values: readonly number[]): [number, number] => {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
};

const down = (value: number): number => Math.floor(value * STEPS_PER_UNIT) / STEPS_PER_UNIT;
const up = (value: number): number => Math.ceil(value * STEPS_PER_UNIT) / STEPS_PER_UNIT;

/** The ink of page points, the position it is relative to, and its size: the box that holds all points. */
export const placeInk = (
  points: readonly InkPoint[],
  quantum?: number,
): { ink: Uint8Array; position: readonly [number, number]; size: readonly [number, number] } => {
  if (points.length === 0) throw new RangeError('points must hold at least one point.');
  for (const [index, point] of points.entries()) {
    checkCoordinate(point.x, `points[${index}].x`);
    checkCoordinate(point.y, `points[${index}].y`);
  }
  const [minX, maxX] = range(points.map((point) => point.x));
  const [minY, maxY] = range(points.map((point) => point.y));
  const position = [down(minX) + 0, down(minY) + 0] as const;
  const relative = points.map((point) => ({ ...point, x: point.x - position[0], y: point.y - position[1] }));
  return {
    ink: encodeInk(relative, { quantum }),
    position,
    size: [up(maxX - position[0]), up(maxY - position[1])],
  };
};

/** The birth's values and ink; the rest of the birth is the same for all kinds. */
export const strokeBirth = (stroke: NewStroke): Pick<Birth, 'values' | 'ink'> => {
  const { ink, position, size } = placeInk(stroke.points, stroke.quantum);
  const values = new Map<string, Value>([
    [REGISTERS.position.code, position],
    [REGISTERS.size.code, size],
    [REGISTERS.tool.code, REGISTERS.tool.type.check(stroke.tool ?? 'pen', 'tool')],
    [REGISTERS.color.code, REGISTERS.color.type.check(stroke.color ?? 'ink', 'color')],
    [REGISTERS.width.code, REGISTERS.width.type.check(stroke.width ?? REGISTERS.width.initial, 'width')],
    [REGISTERS.opacity.code, REGISTERS.opacity.type.check(stroke.opacity ?? 1, 'opacity')],
  ]);
  return { values, ink };
};
