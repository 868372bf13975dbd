import * as buffer from 'lib0/buffer';
import { type ElementId, isElementId } from '../element/id.js';
import { hasSlots, registerOf } from '../element/register.js';
import type { TextDelta } from '../element/text.js';
import type { Value } from '../element/value.js';
import { InkwireError } from '../inkwire-error.js';
import {
  type BirthWrite,
  type Change,
  parseWriteKey,
  type Step,
  type Version,
  type Write,
  type WriteKey,
  writeKey,
} from './change.js';
import { isStamp } from './stamp.js';
import { checkDelta } from './text-delta.js';

type VersionJson = readonly [stamp: number, writer: number, value: Value] | null;

/** A {@link Change} as JSON: pairs are from and to; births are base64. */
export interface ChangeJson {
  readonly writer: number;
  readonly births: readonly (readonly [id: string, from: string | null, to: string | null])[];
  readonly writes: readonly (readonly [key: string, from: VersionJson, to: VersionJson])[];
  readonly texts: readonly (readonly [id: string, delta: TextDelta])[];
}

const wrong = (field: string, must: string): never => {
  throw new InkwireError('change', `This is not a change: ${field} must be ${must}.`, field);
};

const birthToJson = (birth: Uint8Array | null): string | null => birth && buffer.toBase64(birth);

const versionToJson = (version: Version | null): VersionJson =>
  version && [version.stamp, version.writer, version.value];

export const changeToJson = (change: Change): ChangeJson => ({
  writer: change.writer,
  births: [...change.births].map(([id, { from, to }]) => [id, birthToJson(from), birthToJson(to)]),
  writes: [...change.writes].map(([key, { from, to }]) => [key, versionToJson(from), versionToJson(to)]),
  texts: [...change.texts],
});

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const readBirth = (value: unknown, field: string): Uint8Array | null => {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length % 4 !== 0 || !BASE64.test(value))
    return wrong(field, 'base64 or null');
  return buffer.fromBase64(value);
};

export const isWriter = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const readVersion = (value: unknown, code: string, field: string): Version | null => {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== 3) return wrong(field, '[stamp, writer, value] or null');
  const [stamp, writer, written] = value as unknown[];
  if (!isStamp(stamp)) return wrong(`${field}[0]`, 'a stamp');
  if (!isWriter(writer)) return wrong(`${field}[1]`, 'a writer');
  return { stamp, writer, value: checkValue(code, written, `${field}[2]`) };
};

/** A value that the register can hold, or an `InkwireError`. */
export const checkValue = (code: string, value: unknown, field: string): Value => {
  const register = registerOf(code);
  if (register === undefined || register.merge === 'fixed')
    return wrong(field, 'the value of a register known here');
  try {
    return register.type.check(value, field);
  } catch (cause) {
    throw new InkwireError('change', `This is not a change: ${(cause as Error).message}`, field);
  }
};

/** The key, if it is one and has a writer exactly where its register keeps a version for each. */
export const checkKey = (key: unknown, field: string): WriteKey => {
  if (typeof key !== 'string') return wrong(field, 'the key of a register');
  const { id, code, writer } = parseWriteKey(key as WriteKey);
  const register = registerOf(code);
  if (!isElementId(id) || register === undefined) return wrong(field, 'the key of a register');
  if (hasSlots(register) !== (writer !== null)) return wrong(field, 'the key of a register');
  const canonical = writer === null ? writeKey(id, code) : writeKey(id, code, writer);
  return canonical === key ? canonical : wrong(field, 'the key of a register');
};

export const checkId = (id: unknown, field: string): ElementId =>
  isElementId(id) ? id : wrong(field, 'an element id');

/** Refuses what no change says: that nothing became nothing. */
export const checkStep = <T>(step: Step<T>, field: string): Step<T> =>
  step.from === null && step.to === null ? wrong(field, 'a step from or to something') : step;

const readDelta = (value: unknown, field: string): TextDelta => {
  try {
    return checkDelta(value, field);
  } catch (cause) {
    throw new InkwireError('change', `This is not a change: ${(cause as Error).message}`, field);
  }
};

/** The entries of a list of tuples, each read by its first part. Nothing may be named twice. */
const readEntries = <K, V>(
  json: unknown,
  field: string,
  length: number,
  read: (tuple: readonly unknown[], field: string) => readonly [K, V],
): ReadonlyMap<K, V> => {
  if (!Array.isArray(json)) return wrong(field, 'a list');
  const entries = new Map<K, V>();
  for (const [index, tuple] of json.entries()) {
    const at = `${field}[${index}]`;
    if (!Array.isArray(tuple) || tuple.length !== length) return wrong(at, `a list of ${length}`);
    const [key, value] = read(tuple, at);
    if (entries.has(key)) return wrong(at, 'named only once');
    entries.set(key, value);
  }
  return entries;
};

/** Reads what {@link changeToJson} wrote. Throws `InkwireError` with code `change` for anything else. */
export const changeFromJson = (json: unknown): Change => {
  if (typeof json !== 'object' || json === null) return wrong('change', 'an object');
  const { writer, births, writes, texts } = json as Record<string, unknown>;
  if (!isWriter(writer)) return wrong('writer', 'a clientID');
  return {
    writer,
    births: readEntries<ElementId, BirthWrite>(births, 'births', 3, ([id, from, to], field) => [
      checkId(id, field),
      checkStep({ from: readBirth(from, field), to: readBirth(to, field) }, field),
    ]),
    writes: readEntries<WriteKey, Write>(writes, 'writes', 3, ([name, from, to], field) => {
      const key = checkKey(name, field);
      const { code } = parseWriteKey(key);
      return [
        key,
        checkStep({ from: readVersion(from, code, field), to: readVersion(to, code, field) }, field),
      ];
    }),
    texts: readEntries<ElementId, TextDelta>(texts, 'texts', 2, ([id, delta], field) => [
      checkId(id, field),
      readDelta(delta, field),
    ]),
  };
};
