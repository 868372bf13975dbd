import type { Version } from '../change/change.js';
import { isNewer } from '../change/version.js';
import { type Birth, decodeBirth } from '../element/birth.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { foldSlots, hasSlots, REGISTERS, type Register } from '../element/register.js';
import { sameValue, type Value } from '../element/value.js';

/** One writer's version of a register: those that stand side by side were written without seeing each other (D3). */
export interface Sibling {
  /** Of the register. */
  readonly code: string;
  readonly version: Version;
}

const NO_SIBLINGS: readonly Sibling[] = [];

/** Everything the board knows of one element, born or not: registers may arrive before the birth does. */
export interface ElementRecord {
  readonly id: ElementId;
  /** Null until the birth is here. */
  birth: Uint8Array | null;
  siblings: readonly Sibling[];
  /** The birth unpacked; null: it is missing or unreadable; undefined: nobody asked yet. */
  born: Birth | null | undefined;
  /** A stroke's ink as it was handed out before the birth was unpacked: by this object others know what they made of it. */
  ink: Uint8Array | null;
  /** What it is by itself, removed or not; null: the birth is missing or unreadable; undefined: nobody asked yet. */
  alone: Element | null | undefined;
  /** The same among the others: its parent found, its ends where they are bound. */
  element: Element | null | undefined;
  /** Whether the scene counts it among what can be seen. */
  shown: boolean;
  /** Where the spatial index keeps its box; -1 where it has none yet. */
  place: number;
  /** Where it stands among all that can be seen, as far as it has been ranked; -1 where it has not. */
  rank: number;
}

export const createRecord = (id: ElementId): ElementRecord => ({
  id,
  birth: null,
  siblings: NO_SIBLINGS,
  born: undefined,
  ink: null,
  alone: undefined,
  element: undefined,
  shown: false,
  place: -1,
  rank: -1,
});

export const birthOf = (record: ElementRecord): Birth | null => {
  if (record.born === undefined) {
    const born = record.birth === null ? null : decodeBirth(record.birth);
    record.born = born !== null && isSameView(born.ink, record.ink) ? { ...born, ink: record.ink } : born;
  }
  return record.born;
};

const isSameView = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a !== null && b !== null && a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;

export const setSibling = (
  record: ElementRecord,
  code: string,
  writer: number,
  version: Version | null,
): void => {
  const others = record.siblings.filter(
    (sibling) => sibling.code !== code || sibling.version.writer !== writer,
  );
  if (version !== null) others.push({ code, version });
  record.siblings = others.length === 0 ? NO_SIBLINGS : others;
};

/** What each writer has written of a register, as far as nobody who saw it wrote again. */
export const versionsOf = (record: ElementRecord, code: string): Version[] => {
  const versions: Version[] = [];
  for (const sibling of record.siblings) if (sibling.code === code) versions.push(sibling.version);
  return versions;
};

/** The version of one writer. */
export const versionBy = (record: ElementRecord, code: string, writer: number): Version | null => {
  for (const sibling of record.siblings) {
    if (sibling.code === code && sibling.version.writer === writer) return sibling.version;
  }
  return null;
};

/** The version that a register with the rule `newest` shows; null: its birth. */
export const newestVersion = (record: ElementRecord, code: string): Version | null => {
  let newest: Version | null = null;
  for (const { code: own, version } of record.siblings) {
    if (own === code && isNewer(version, newest)) newest = version;
  }
  return newest;
};

export const bornValue = <T extends Value>(birth: Birth, register: Register<T>): T =>
  (birth.values.get(register.code) as T | undefined) ?? register.initial;

/** What a register shows: a pure function of its siblings and the birth (D5). */
export const readRegister = <T extends Value>(
  record: ElementRecord,
  birth: Birth,
  register: Register<T>,
): T => {
  if (record.siblings !== NO_SIBLINGS) {
    if (hasSlots(register)) return readSlots(record, birth, register);
    const newest = newestVersion(record, register.code);
    if (newest !== null && register.merge !== 'fixed') return newest.value as T;
  }
  return bornValue(birth, register);
};

/** Whether a register with the rule `newest` shows `value` already, so that writing it could only cover what others write. */
export const shows = (record: ElementRecord, register: Register, value: Value): boolean => {
  const birth = register.merge === 'newest' ? birthOf(record) : null;
  return birth !== null && sameValue(readRegister(record, birth, register), value);
};

/** Sums start from what the element was born with; a union's writers took that over when they wrote. */
const readSlots = <T extends Value>(record: ElementRecord, birth: Birth, register: Register<T>): T => {
  const values = versionsOf(record, register.code).map((version) => version.value);
  const born = bornValue(birth, register);
  if (values.length === 0) return born;
  return foldSlots(register, register.merge === 'sum' ? [born, ...values] : values) as T;
};

/** Elements are never born removed, so only a write can say so. */
export const isRemoved = (record: ElementRecord): boolean =>
  newestVersion(record, REGISTERS.removed.code)?.value === true;
