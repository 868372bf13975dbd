import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What a register can hold: JSON. Arrays and objects are never changed in place. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** How one type of value is checked and packed. Equal values have equal bytes. */
export interface ValueType<T extends Value = Value> {
  /**
   * The value as it will be kept: checked, numbers rounded to their quantum.
   * Throws `TypeError` or `RangeError` that names `field`.
   */
  check(value: unknown, field: string): T;
  write(encoder: encoding.Encoder, value: T): void;
  /** Throws when the bytes hold no value of this type. */
  read(decoder: decoding.Decoder): T;
}

/** Page coordinates and lengths are kept in these parts of a unit (D7). */
export const STEPS_PER_UNIT = 64;
/** Opacity is kept in these parts of one. */
const FRACTION_STEPS = 255;

/**
 * The steps in which a board keeps numbers, so that what is shown before it is committed can be what will be shown after.
 * For the points of a stroke see `roundInkPoint`.
 */
export const PRECISION = {
  /** Of coordinates and lengths, in page units. */
  length: 1 / STEPS_PER_UNIT,
  opacity: 1 / FRACTION_STEPS,
} as const;

/** No coordinate lies further from the origin, in units. */
export const COORDINATE_LIMIT = 2 ** 32;
const STEP_LIMIT = COORDINATE_LIMIT * STEPS_PER_UNIT;

/** A value as an error message shows it. */
export const describe = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

export const finite = (value: unknown, field: string, min: number, max: number): number => {
  if (typeof value !== 'number') throw new TypeError(`${field} must be a number, not ${describe(value)}.`);
  if (!(value >= min && value <= max)) {
    throw new RangeError(`${field} must be a finite number from ${min} to ${max}, not ${value}.`);
  }
  return value;
};

/** Rounds to `parts` of a unit; adding 0 turns a negative zero into zero. */
export const quantise = (value: number, parts: number): number => Math.round(value * parts) / parts + 0;

/** A coordinate as the board keeps it: finite, and a multiple of 1/64. */
export const checkCoordinate = (value: unknown, field: string): number =>
  quantise(finite(value, field, -COORDINATE_LIMIT, COORDINATE_LIMIT), STEPS_PER_UNIT);

export const readSteps = (decoder: decoding.Decoder): number => {
  const steps = decoding.readVarInt(decoder);
  if (!(Math.abs(steps) <= STEP_LIMIT)) throw new RangeError('A coordinate lies too far out.');
  return steps / STEPS_PER_UNIT + 0;
};

export type Pair = readonly [number, number];

/** Two coordinates, or a width and a height. A negative length mirrors the element along that axis. */
export const pair: ValueType<Pair> = {
  check(value, field) {
    if (!Array.isArray(value) || value.length !== 2) {
      throw new TypeError(`${field} must be two numbers, not ${describe(value)}.`);
    }
    return [checkCoordinate(value[0], `${field}[0]`), checkCoordinate(value[1], `${field}[1]`)];
  },
  write(encoder, [x, y]) {
    encoding.writeVarInt(encoder, Math.round(x * STEPS_PER_UNIT));
    encoding.writeVarInt(encoder, Math.round(y * STEPS_PER_UNIT));
  },
  read: (decoder) => [readSteps(decoder), readSteps(decoder)],
};

/** A length in units, from 0 to `max`. */
export const length = (max: number): ValueType<number> => ({
  check: (value, field) => quantise(finite(value, field, 0, max), STEPS_PER_UNIT),
  write: (encoder, value) => encoding.writeVarUint(encoder, Math.round(value * STEPS_PER_UNIT)),
  read: (decoder) => finite(decoding.readVarUint(decoder) / STEPS_PER_UNIT, 'A length', 0, max),
});

const ANGLE_STEPS = 2 ** 16;
const TURN = 2 * Math.PI;

/** An angle in radians, kept in [0, 2π) as parts of a turn, so that quarter turns are exact. */
export const angle: ValueType<number> = {
  check(value, field) {
    const parts = Math.round((finite(value, field, -1e6, 1e6) / TURN) * ANGLE_STEPS) % ANGLE_STEPS;
    return ((parts < 0 ? parts + ANGLE_STEPS : parts + 0) * TURN) / ANGLE_STEPS;
  },
  write: (encoder, value) => encoding.writeVarUint(encoder, Math.round((value / TURN) * ANGLE_STEPS)),
  read(decoder) {
    const parts = decoding.readVarUint(decoder);
    if (parts >= ANGLE_STEPS) throw new RangeError('An angle is more than a turn.');
    return (parts * TURN) / ANGLE_STEPS;
  },
};

/** A part of one, in a byte. */
export const fraction: ValueType<number> = {
  check: (value, field) => quantise(finite(value, field, 0, 1), FRACTION_STEPS),
  write: (encoder, value) => encoding.writeUint8(encoder, Math.round(value * FRACTION_STEPS)),
  read: (decoder) => decoding.readUint8(decoder) / FRACTION_STEPS,
};

/** True is no byte at all. */
export const flag: ValueType<boolean> = {
  check(value, field) {
    if (typeof value !== 'boolean')
      throw new TypeError(`${field} must be true or false, not ${describe(value)}.`);
    return value;
  },
  write(encoder, value) {
    if (!value) encoding.writeUint8(encoder, 0);
  },
  read(decoder) {
    if (!decoding.hasContent(decoder)) return true;
    if (decoding.readUint8(decoder) !== 0) throw new RangeError('A flag is neither set nor clear.');
    return false;
  },
};

/** Whether two checked values are the same. */
export const sameValue = (a: Value, b: Value): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameValue(entry, b[index]));
  // Checking puts the keys of objects in order.
  return JSON.stringify(a) === JSON.stringify(b);
};

/** Half a surrogate pair has no UTF-8 and would come back as another text: it becomes the replacement character. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
