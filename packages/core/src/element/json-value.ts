import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, type Value, type ValueType, wellFormed } from './value.js';

const MAX_DEPTH = 32;
const MAX_LENGTH = 65_536;

/** A copy with the keys in order, so that equal values have equal bytes. */
const canonical = (value: unknown, field: string, depth: number): Value => {
  if (depth > MAX_DEPTH) throw new RangeError(`${field} must be nested at most ${MAX_DEPTH} deep.`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
  if (Array.isArray(value))
    return value.map((entry, index) => canonical(entry, `${field}[${index}]`, depth + 1));
  if (typeof value !== 'object') throw new TypeError(`${field} must be JSON, not ${describe(value)}.`);
  const entries = Object.entries(value).map(([key, entry]): [string, Value] => [
    key,
    canonical(entry, `${field}.${key}`, depth + 1),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Any JSON up to 64 Ki characters: what the registers of an app's own kinds hold. */
export const json: ValueType<Value> = {
  check(value, field) {
    const checked = canonical(value, field, 0);
    if (JSON.stringify(checked).length > MAX_LENGTH) {
      throw new RangeError(`${field} must have at most ${MAX_LENGTH} characters as JSON.`);
    }
    return checked;
  },
  write: (encoder, value) => encoding.writeVarString(encoder, JSON.stringify(value)),
  read: (decoder) => json.check(JSON.parse(decoding.readVarString(decoder)), 'JSON'),
};

/** The entries of all `sets` without repetitions, in the order of their JSON. */
export const uniteSets = (sets: readonly (readonly Value[])[]): readonly Value[] => {
  const entries = new Map(sets.flat().map((entry): [string, Value] => [JSON.stringify(entry), entry]));
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
};

/** The entries of a set that `taken` lacks. */
export const subtractSet = (set: readonly Value[], taken: readonly Value[]): readonly Value[] => {
  const known = new Set(taken.map((entry) => JSON.stringify(entry)));
  return set.filter((entry) => !known.has(JSON.stringify(entry)));
};

/** An array of JSON that is kept as a set. */
export const jsonSet: ValueType<Value> = {
  check(value, field) {
    const checked = json.check(value, field);
    if (!Array.isArray(checked)) throw new TypeError(`${field} must be an array, not ${describe(value)}.`);
    return uniteSets([checked]);
  },
  write: json.write,
  read: (decoder) => jsonSet.check(json.read(decoder), 'A set'),
};
