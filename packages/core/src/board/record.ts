import type { Version } from '../change/change.js';
import { isNewer } from '../change/version.js';
import { type Birth, decodeBirth } from '../element/birth.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS, type Register } from '../element/register.js';
import type { Value } from '../element/value.js';

/** One writer's version of a register: those that stand side by side were written without seeing each other (D3). */
export interface Sibling extends Version {
  readonly code: string;
}

const NO_SIBLINGS: readonly Sibling[] = [];

/** Everything the board knows of one element, born or not: registers may arrive before the birth does. */
export interface ElementRecord {
  readonly id: ElementId;
  /** Null until the birth is here. */
  birth: Uint8Array | null;
  siblings: readonly Sibling[];
  /** What it looks like; undefined until somebody asks. Null: it cannot be seen. */
  element: Element | null | undefined;
}

export const createRecord = (id: ElementId): ElementRecord => ({
  id,
  birth: null,
  siblings: NO_SIBLINGS,
  element: undefined,
});

export const setSibling = (
  record: ElementRecord,
  code: string,
  writer: number,
  version: Version | null,
): void => {
  const others = record.siblings.filter((sibling) => sibling.code !== code || sibling.writer !== writer);
  record.siblings = version === null ? others : [...others, { code, ...version }];
};

/** The version that a register with the rule `newest` shows; null: its birth. */
export const newestVersion = (record: ElementRecord, code: string): Version | null => {
  let newest: Sibling | null = null;
  for (const sibling of record.siblings) {
    if (sibling.code === code && isNewer(sibling, newest)) newest = sibling;
  }
  return newest;
};

export const readRegister = <T extends Value>(
  record: ElementRecord,
  birth: Birth,
  register: Register<T>,
): T => {
  const version = newestVersion(record, register.code);
  if (version !== null) return version.value as T;
  return (birth.values.get(register.code) as T | undefined) ?? register.initial;
};

/** What the record shows: null while it is not born, cannot be read, or is removed. */
export const elementOf = (record: ElementRecord): Element | null => {
  if (record.element === undefined) record.element = readElement(record);
  return record.element;
};

const readElement = (record: ElementRecord): Element | null => {
  const birth = record.birth === null ? null : decodeBirth(record.birth);
  if (birth === null || readRegister(record, birth, REGISTERS.removed)) return null;
  const base = {
    id: record.id,
    author: birth.author,
    createdAt: birth.createdAt,
    position: readRegister(record, birth, REGISTERS.position),
    size: readRegister(record, birth, REGISTERS.size),
    rotation: readRegister(record, birth, REGISTERS.rotation),
    order: readRegister(record, birth, REGISTERS.order),
    parent: readRegister(record, birth, REGISTERS.parent),
    locked: readRegister(record, birth, REGISTERS.locked),
    color: readRegister(record, birth, REGISTERS.color),
    opacity: readRegister(record, birth, REGISTERS.opacity),
  };
  if (birth.kind !== 'stroke' || birth.ink === null)
    return { ...base, kind: 'unknown', kindName: birth.kind };
  return {
    ...base,
    kind: 'stroke',
    tool: readRegister(record, birth, REGISTERS.tool),
    width: readRegister(record, birth, REGISTERS.width),
    ink: birth.ink,
    inkSize: (birth.values.get(REGISTERS.size.code) ?? REGISTERS.size.initial) as StrokeSize,
  };
};

type StrokeSize = readonly [number, number];
