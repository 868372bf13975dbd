import type { Birth } from '../element/birth.js';
import type { CustomKind } from '../element/custom-kind.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { isKindName, KINDS, type Kind, type KindName } from '../element/kind.js';
import { REGISTERS, type Register, type RegisterName } from '../element/register.js';
import type { TextRun } from '../element/text.js';
import type { Value } from '../element/value.js';
import { birthOf, bornValue, type ElementRecord, readRegister, versionsOf } from './record.js';

/** Where reading an element finds what its record lacks. */
export interface Surroundings {
  /** The kinds that the app defined, by name. */
  readonly kinds: ReadonlyMap<string, CustomKind>;
  runs(id: ElementId): readonly TextRun[];
}

const NO_TEXT: readonly TextRun[] = [];

/** An element while it is put together. */
type Draft = Record<string, unknown>;

const readAll = (into: Draft, record: ElementRecord, birth: Birth, names: readonly RegisterName[]): void => {
  for (const name of names)
    into[name] = readRegister<Value>(record, birth, REGISTERS[name] as unknown as Register);
};

/** What every element has; all at once, since most of the time goes into this. */
const readBase = (record: ElementRecord, birth: Birth): Draft => ({
  id: record.id,
  kind: birth.kind,
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
});

/**
 * What a record looks like by itself, removed or not; null when it has no birth that can be read.
 * Its parent and the ends of a line are as they were written: the scene ties them to what they name.
 */
export const readElement = (record: ElementRecord, { kinds, runs }: Surroundings): Element | null => {
  const birth = birthOf(record);
  if (birth === null) return null;
  const { kind } = birth;
  const draft = readBase(record, birth);
  const custom = kinds.get(kind);
  // Ink is what makes a stroke: without it there is nothing that a pen drew.
  if (isKindName(kind) && (kind !== 'stroke' || birth.ink !== null)) {
    const { registers, text }: Kind = KINDS[kind];
    readAll(draft, record, birth, registers);
    particulars[kind]?.(draft, record, birth);
    if (text !== 'never') draft.text = runs(record.id);
  } else if (custom !== undefined) {
    draft.kind = 'custom';
    draft.definition = custom;
    draft.values = customValues(record, birth, custom);
    draft.text = custom.text ? runs(record.id) : NO_TEXT;
  } else {
    draft.kind = 'unknown';
    draft.kindName = kind;
  }
  return draft as unknown as Element;
};

/** A line turns by its points, so that bound ends stay where they are bound. */
function withoutRotation(draft: Draft): void {
  draft.rotation = 0;
}

/** What a kind has besides the values of its registers. */
const particulars: { [K in KindName]?: (draft: Draft, record: ElementRecord, birth: Birth) => void } = {
  stroke(draft, _record, birth) {
    draft.ink = birth.ink;
    // A copy of a resized stroke was born with a size that is not its ink's.
    draft.inkSize = birth.values.get(REGISTERS.naturalSize.code) ?? bornValue(birth, REGISTERS.size);
  },
  sticky(draft, record) {
    const votes = versionsOf(record, REGISTERS.votes.code);
    draft.ballots = new Map(votes.map(({ writer, value }) => [writer, value]));
  },
  line: withoutRotation,
  arrow: withoutRotation,
};

const customValues = (record: ElementRecord, birth: Birth, kind: CustomKind): Record<string, Value> => {
  const entries = [...kind.registers].map(([name, register]): [string, Value] => {
    const { accepts, merge } = register;
    if (accepts === undefined) return [name, readRegister(record, birth, register)];
    if (merge !== 'newest') {
      const value = readRegister(record, birth, register);
      return [name, accepts(value) ? value : register.initial];
    }
    // A value that the app cannot show is passed over in favour of the next sibling (D7).
    const acceptable = record.siblings.filter(
      ({ code, version }) => code !== register.code || accepts(version.value),
    );
    const value = readRegister({ ...record, siblings: acceptable }, birth, register);
    return [name, accepts(value) ? value : register.initial];
  });
  return Object.fromEntries(entries);
};
