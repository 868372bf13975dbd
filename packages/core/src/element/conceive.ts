import { checkDelta } from '../change/text-delta.js';
import { boxAround } from './geometry/box.js';
import type { Point } from './geometry.js';
import { encodeInk, type InkPoint } from './ink.js';
import { BASE_REGISTERS, isKindName, KINDS, type KindName } from './kind.js';
import type { NewCustom, NewElement, NewLine, NewStroke } from './new-element.js';
import { REGISTERS, type Register, type RegisterName } from './register.js';
import type { TextRun } from './text.js';
import { checkCoordinate, type Pair, STEPS_PER_UNIT, type Value } from './value.js';

/** What a new element is made of, checked: its birth without author, time and place in paint order. */
export interface Conception {
  readonly kind: string;
  readonly values: Map<string, Value>;
  readonly ink: Uint8Array | null;
  readonly text: readonly TextRun[];
}

const down = (value: number): number => Math.floor(value * STEPS_PER_UNIT) / STEPS_PER_UNIT + 0;
const up = (value: number): number => Math.ceil(value * STEPS_PER_UNIT) / STEPS_PER_UNIT + 0;

/** Position and size of a box that holds all points, on whole quanta. */
const boxOf = (points: readonly Point[]): { position: Pair; size: Pair } => {
  const { minX, minY, maxX, maxY } = boxAround(points);
  const position = [down(minX), down(minY)] as const;
  return { position, size: [up(maxX - position[0]), up(maxY - position[1])] };
};

const checkPoints = (points: readonly InkPoint[]): readonly Point[] => {
  if (!Array.isArray(points) || points.length === 0)
    throw new RangeError('points must hold at least one point.');
  return points.map(({ x, y }, index) => {
    checkCoordinate(x, `points[${index}].x`);
    checkCoordinate(y, `points[${index}].y`);
    return [x, y];
  });
};

/** A stroke's ink, the position it is relative to, and its size. */
const placeInk = ({
  points,
  quantum,
  simplify,
}: NewStroke): { ink: Uint8Array; position: Pair; size: Pair } => {
  const { position, size } = boxOf(checkPoints(points));
  const relative = points.map((point) => ({ ...point, x: point.x - position[0], y: point.y - position[1] }));
  return { ink: encodeInk(relative, { quantum, simplify }), position, size };
};

/** A line's points relative to its position. */
const placeLine = ({ points }: NewLine): { position: Pair; points: readonly Pair[] } => {
  const checked = REGISTERS.points.type.check(points, 'points');
  const { position } = boxOf(checked);
  return { position, points: checked.map(([x, y]) => [x - position[0], y - position[1]]) };
};

const give = (values: Map<string, Value>, register: Register, value: unknown, field: string): void => {
  if (value !== undefined) values.set(register.code, register.type.check(value, field));
};

/** Text from outside as canonical runs. Throws `TypeError` for anything that is no text. */
export const checkRuns = (text: unknown, field: string): readonly TextRun[] => {
  const delta = checkDelta(
    typeof text === 'string' ? (text === '' ? [] : [{ insert: text }]) : (text ?? []),
    field,
  );
  if (delta.some((step) => !('insert' in step))) throw new TypeError(`${field} must hold runs of text only.`);
  return delta as readonly TextRun[];
};

/** What one kind makes of its particular input. */
const particulars = (element: NewElement): { given: object; ink: Uint8Array | null } => {
  if (element.kind === 'stroke') {
    const { ink, position, size } = placeInk(element);
    return { given: { ...element, position, size }, ink };
  }
  if (element.kind === 'line') return { given: { ...element, ...placeLine(element) }, ink: null };
  if (element.kind === 'arrow')
    return { given: { endHead: 'arrow', ...element, ...placeLine(element) }, ink: null };
  return { given: element, ink: null };
};

const conceiveCustom = (element: NewCustom, values: Map<string, Value>): void => {
  for (const [name, value] of Object.entries(element.values ?? {})) {
    const register = element.definition.registers.get(name);
    if (register === undefined)
      throw new TypeError(`values.${name} is no register of ${element.definition.name}.`);
    give(values, register, value, `values.${name}`);
  }
};

const builtIn = (kind: KindName): { registers: readonly RegisterName[]; text: boolean } | undefined =>
  isKindName(kind) ? { registers: KINDS[kind].registers, text: KINDS[kind].text !== 'never' } : undefined;

/** Checks a new element. Throws `TypeError` or `RangeError` that names the field that is wrong. */
export const conceive = (element: NewElement): Conception => {
  const own =
    element.kind === 'custom' ? { registers: [], text: element.definition.text } : builtIn(element.kind);
  if (own === undefined)
    throw new TypeError(`kind must be one of ${Object.keys(KINDS).join(', ')} or custom.`);
  const { given, ink } = particulars(element);
  const values = new Map<string, Value>();
  for (const name of [...BASE_REGISTERS, ...own.registers]) {
    give(values, REGISTERS[name] as unknown as Register, (given as Record<string, unknown>)[name], name);
  }
  if (element.kind === 'custom') conceiveCustom(element, values);
  const text = 'text' in element && own.text ? checkRuns(element.text, 'text') : [];
  return { kind: element.kind === 'custom' ? element.definition.name : element.kind, values, ink, text };
};
