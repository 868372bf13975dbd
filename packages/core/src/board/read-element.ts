import { type Birth, decodeBirth } from '../element/birth.js';
import type { CustomKind } from '../element/custom-kind.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { BASE_REGISTERS, isKindName, KINDS, type Kind, type KindName } from '../element/kind.js';
import { REGISTERS, type Register, type RegisterName } from '../element/register.js';
import type { TextRun } from '../element/text.js';
import type { Value } from '../element/value.js';
import { ballotsOf, bornValue, type ElementRecord, readRegister } from './record.js';

/** Where reading an element finds what its record lacks. */
export interface Surroundings {
  /** The kinds that the app defined, by name. */
  readonly kinds: ReadonlyMap<string, CustomKind>;
  runs(id: ElementId): readonly TextRun[];
}

const NO_TEXT: readonly TextRun[] = [];

const values = (
  record: ElementRecord,
  birth: Birth,
  names: readonly RegisterName[],
): Record<string, unknown> => {
  const read: Record<string, unknown> = {};
  for (const name of names)
    read[name] = readRegister<Value>(record, birth, REGISTERS[name] as unknown as Register);
  return read;
};

/**
 * What a record looks like by itself, removed or not; null when it has no birth that can be read.
 * Its parent and the ends of a line are as they were written: the scene ties them to what they name.
 */
export const readElement = (record: ElementRecord, { kinds, runs }: Surroundings): Element | null => {
  const birth = record.birth === null ? null : decodeBirth(record.birth);
  if (birth === null) return null;
  const { id } = record;
  const { kind, author, createdAt } = birth;
  const base = { id, kind, author, createdAt, ...values(record, birth, BASE_REGISTERS) };
  const read = (): Record<string, unknown> | null => {
    const custom = kinds.get(kind);
    if (custom !== undefined) {
      return {
        kind: 'custom',
        definition: custom,
        ...customValues(record, birth, custom),
        text: custom.text ? runs(id) : NO_TEXT,
      };
    }
    if (!isKindName(kind)) return null;
    const own: Kind = KINDS[kind];
    return {
      ...values(record, birth, own.registers),
      ...particulars[kind]?.(record, birth),
      ...(own.text && { text: runs(id) }),
    };
  };
  // Ink is what makes a stroke: without it there is nothing that a pen drew.
  const own = kind === 'stroke' && birth.ink === null ? null : read();
  return { ...base, ...(own ?? { kind: 'unknown', kindName: kind }) } as unknown as Element;
};

/** What a kind has besides the values of its registers. */
const particulars: { [K in KindName]?: (record: ElementRecord, birth: Birth) => Record<string, unknown> } = {
  stroke: (_record, birth) => ({
    ink: birth.ink,
    // A copy of a resized stroke was born with a size that is not its ink's.
    inkSize: birth.values.get(REGISTERS.naturalSize.code) ?? bornValue(birth, REGISTERS.size),
  }),
  sticky: (record) => ({ ballots: ballotsOf(record, REGISTERS.votes.code) }),
  line: () => LINE_PARTICULARS,
  arrow: () => LINE_PARTICULARS,
};

/** A line turns by its points, so that bound ends stay where they are bound. */
const LINE_PARTICULARS = { rotation: 0 };

const customValues = (
  record: ElementRecord,
  birth: Birth,
  kind: CustomKind,
): { values: Record<string, Value> } => {
  const entries = [...kind.registers].map(([name, register]): [string, Value] => {
    const { accepts, merge } = register;
    if (accepts === undefined) return [name, readRegister(record, birth, register)];
    if (merge !== 'newest') {
      const value = readRegister(record, birth, register);
      return [name, accepts(value) ? value : register.initial];
    }
    // A value that the app cannot show is passed over in favour of the next sibling (D7).
    const acceptable = record.siblings.filter(({ code, value }) => code !== register.code || accepts(value));
    const value = readRegister({ ...record, siblings: acceptable }, birth, register);
    return [name, accepts(value) ? value : register.initial];
  });
  return { values: Object.fromEntries(entries) };
};
