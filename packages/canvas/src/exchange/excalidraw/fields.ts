import type { Point } from '@inkwire/core';
import { ExchangeError } from '../exchange-error.js';
import type { RemarkBook } from '../remarks.js';

/** No coordinate of a drawing lies further out, in units. */
const FARTHEST = 1e8;
/** The most points that one line may have. */
export const MOST_POINTS = 65_536;
/** The most characters that one text may have. */
const LONGEST_TEXT = 200_000;

/**
 * Reads what an object in a foreign file says. What a drawing cannot do without is demanded and throws; what only says
 * how it looks falls back to what is usual, and is noted.
 */
export interface Fields {
  /** What the object is called in messages: `elements[3]`. */
  readonly path: string;
  has(name: string): boolean;
  /** Whether it says anything about it, be it that there is none. */
  mentions(name: string): boolean;
  /** A number that has to be there. */
  number(name: string): number;
  /** A number from `low` to `high`, or `usual`. */
  setting(name: string, usual: number, low: number, high: number): number;
  /** A text that has to be there. */
  text(name: string): string;
  /** A name or an address; null where there is none. */
  name(name: string): string | null;
  flag(name: string): boolean;
  /** Names in a list; none where there is no list. */
  names(name: string): readonly string[];
  /** Points that have to be there. */
  points(name: string): readonly Point[];
  /** Numbers in a list; null for what is none. */
  numbers(name: string): readonly (number | null)[];
  /** An object within; null where there is none. */
  within(name: string): Fields | null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws {ExchangeError} when `value` is no object. */
export function createFields(value: unknown, path: string, book: RemarkBook): Fields {
  if (!isObject(value)) throw wrong(path, 'an object');
  const object = value;

  function read(name: string): unknown {
    return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
  }

  function listOf(name: string): readonly unknown[] {
    const list = read(name) ?? [];
    if (!Array.isArray(list)) throw wrong(`${path}.${name}`, 'a list');
    if (list.length > MOST_POINTS)
      throw new ExchangeError(
        'too-large',
        `${path}.${name} has ${list.length} entries: ${MOST_POINTS} are the most that one element may have.`,
        `${path}.${name}`,
      );
    return list;
  }

  return {
    path,
    has: (name) => read(name) !== null,
    mentions: (name) => Object.hasOwn(object, name),
    number: (name) => coordinate(read(name), `${path}.${name}`),
    setting(name, usual, low, high) {
      const given = read(name);
      if (typeof given === 'number' && given >= low && given <= high) return given;
      if (given !== null) book.note('value');
      return typeof given === 'number' ? Math.min(Math.max(given, low), high) : usual;
    },
    text(name) {
      const text = read(name);
      if (typeof text !== 'string') throw wrong(`${path}.${name}`, 'a text');
      if (text.length > LONGEST_TEXT)
        throw new ExchangeError(
          'too-large',
          `${path}.${name} has ${text.length} characters: ${LONGEST_TEXT} are the most.`,
          `${path}.${name}`,
        );
      return text;
    },
    name(name) {
      const text = read(name);
      if (text !== null && typeof text !== 'string') book.note('value');
      return typeof text === 'string' ? text : null;
    },
    flag: (name) => read(name) === true,
    names: (name) => listOf(name).filter((entry) => typeof entry === 'string'),
    points: (name) =>
      listOf(name).map((entry, i): Point => {
        const place = `${path}.${name}[${i}]`;
        if (!Array.isArray(entry) || entry.length < 2) throw wrong(place, 'two numbers');
        return [coordinate(entry[0], `${place}[0]`), coordinate(entry[1], `${place}[1]`)];
      }),
    numbers: (name) =>
      listOf(name).map((entry) => (typeof entry === 'number' && Number.isFinite(entry) ? entry : null)),
    within(name) {
      const inner = read(name);
      if (inner !== null && !isObject(inner)) book.note('value');
      return isObject(inner) ? createFields(inner, `${path}.${name}`, book) : null;
    },
  };
}

function coordinate(value: unknown, field: string): number {
  if (typeof value === 'number' && Math.abs(value) <= FARTHEST) return value;
  throw wrong(field, `a finite number between -${FARTHEST} and ${FARTHEST}`);
}

function wrong(field: string, must: string): ExchangeError {
  return new ExchangeError('format', `This drawing is damaged: ${field} must be ${must}.`, field);
}
