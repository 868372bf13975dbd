import fc from 'fast-check';
import { apply } from '../change/apply.js';
import { type Change, type Version, type Write, type WriteKey, writeKey } from '../change/change.js';
import { type Contents, EMPTY_CONTENTS } from '../change/contents.js';
import type { Stamp } from '../change/stamp.js';
import { canonicalDelta, lengthOf } from '../change/text-delta.js';
import { encodeBirth } from '../element/birth.js';
import type { ElementId } from '../element/id.js';
import { hasSlots, type Register, registerOf } from '../element/register.js';
import type { TextDelta, TextStep } from '../element/text.js';
import type { Value } from '../element/value.js';

/** Something to do, to be fitted to whatever the board holds when it is done. */
export type Deed =
  | { readonly type: 'birth'; readonly id: ElementId; readonly author: string }
  | { readonly type: 'write'; readonly id: ElementId; readonly code: string; readonly value: Value }
  | { readonly type: 'text'; readonly id: ElementId; readonly pieces: readonly Piece[] };

/** A step of a delta whose length is a part of what is left of the text. */
interface Piece {
  readonly part: number;
  readonly step: 'keep' | 'delete' | 'bold' | 'plain' | 'insert';
  readonly text: string;
}

/** Few, so that deeds meet. */
export const IDS = ['AAAAAAAAAAAA', 'BBBBBBBBBBBB', 'CCCCCCCCCCCC'] as ElementId[];

/** One of them is of a kind whose text is made when somebody first writes. */
const KIND_OF: Readonly<Record<string, string>> = { BBBBBBBBBBBB: 'arrow' };

const coordinate = fc.integer({ min: -100, max: 100 });
const range = fc
  .tuple(fc.nat(8), fc.integer({ min: 1, max: 4 }))
  .map(([from, length]) => [from, from + length]);
const VALUES: Record<string, fc.Arbitrary<Value>> = {
  p: fc.tuple(coordinate, coordinate),
  c: fc.constantFrom('ink', '#ff0000', '#00ff00'),
  x: fc.boolean(),
  k: fc.array(range, { maxLength: 3 }).map((ranges) => (registerOf('k') as Register).type.check(ranges, 'k')),
  v: fc.integer({ min: -2, max: 2 }),
  '|tags': fc.subarray(['a', 'b', 'c']),
};

const id = fc.constantFrom(...IDS);
const piece = fc.record({
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  step: fc.constantFrom('keep', 'delete', 'bold', 'plain', 'insert') as fc.Arbitrary<Piece['step']>,
  text: fc.constantFrom('a', 'bc', 'def'),
});
const birth: fc.Arbitrary<Deed> = fc.record({
  type: fc.constant('birth' as const),
  id,
  author: fc.constantFrom('ana', 'ben'),
});
const write: fc.Arbitrary<Deed> = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((code) =>
    fc.record({ type: fc.constant('write' as const), id, code: fc.constant(code), value: VALUES[code]! }),
  );
const text: fc.Arbitrary<Deed> = fc.record({
  type: fc.constant('text' as const),
  id,
  pieces: fc.array(piece, { minLength: 1, maxLength: 4 }),
});

export const registerDeeds = fc.array(fc.oneof(birth, write), { minLength: 1, maxLength: 4 });
export const deeds = fc.array(fc.oneof(birth, write, text), { minLength: 1, maxLength: 4 });

/** The newest stamp of any register; 0 for none. */
export const newestStamp = (contents: Contents): number =>
  Math.max(0, ...[...contents.versions.values()].map((version) => version.stamp));

const writes = (contents: Contents, at: ElementId, code: string, to: Version): [WriteKey, Write][] => {
  const register = registerOf(code) as Register;
  const version = (key: WriteKey): Version | null => contents.versions.get(key) ?? null;
  if (!hasSlots(register)) {
    const key = writeKey(at, code);
    return [[key, { from: version(key), to }]];
  }
  const own = writeKey(at, code, to.writer);
  const pairs: [WriteKey, Write][] = [[own, { from: version(own), to }]];
  if (register.merge === 'sum') return pairs;
  for (const [key, from] of contents.versions) {
    if (key.startsWith(`${at}/${code}/`) && key !== own) pairs.push([key, { from, to: null }]);
  }
  return pairs;
};

const fit = (length: number, pieces: readonly Piece[]): TextDelta => {
  const steps: TextStep[] = [];
  let left = length;
  for (const { part, step, text } of pieces) {
    const taken = Math.ceil(part * left);
    if (step === 'insert') steps.push({ insert: text });
    else if (taken > 0) {
      left -= taken;
      if (step === 'keep') steps.push({ retain: taken });
      else if (step === 'delete') steps.push({ delete: taken });
      else steps.push({ retain: taken, attributes: { bold: step === 'bold' ? true : null } });
    }
  }
  return canonicalDelta(steps);
};

/** One change of `writer` on `contents` that does as much of the deeds as can be done there. */
export const changeOf = (
  contents: Contents,
  writer: number,
  ahead: number,
  list: readonly Deed[],
): Change => {
  const stamp = (newestStamp(contents) + 1 + ahead) as Stamp;
  const births = new Map<ElementId, { from: null; to: Uint8Array }>();
  const written = new Map<WriteKey, Write>();
  const texts = new Map<ElementId, TextDelta>();
  for (const deed of list) {
    if (deed.type === 'birth') {
      if (contents.births.has(deed.id)) continue;
      const values = new Map<string, Value>();
      const to = encodeBirth({
        kind: KIND_OF[deed.id] ?? 'sticky',
        author: deed.author,
        createdAt: writer,
        values,
        ink: null,
        unread: new Map(),
      });
      births.set(deed.id, { from: null, to });
    } else if (deed.type === 'write') {
      for (const [key, pair] of writes(contents, deed.id, deed.code, { stamp, writer, value: deed.value })) {
        written.set(key, pair);
      }
    } else {
      const delta = fit(lengthOf(contents.texts.get(deed.id) ?? []), deed.pieces);
      if (delta.length > 0) texts.set(deed.id, delta);
    }
  }
  return { writer, births, writes: written, texts };
};

/** A step of somebody's: who, how far their clock is ahead, and what. */
const step = (list: fc.Arbitrary<Deed[]>) =>
  fc.record({ writer: fc.integer({ min: 1, max: 3 }), ahead: fc.nat(3), deeds: list });

/** A board that some people have worked on. */
export const contentsOf = (list: fc.Arbitrary<Deed[]> = deeds): fc.Arbitrary<Contents> =>
  fc
    .array(step(list), { maxLength: 5 })
    .map((steps) =>
      steps.reduce<Contents>(
        (contents, { writer, ahead, deeds: done }) =>
          apply(contents, changeOf(contents, writer, ahead, done)),
        EMPTY_CONTENTS,
      ),
    );

/** Contents, and for each of `writers` a chain of `length` changes, the first made on those contents. */
export const chainsOf = <const W extends readonly number[]>(
  writers: W,
  length: number,
  list: fc.Arbitrary<Deed[]> = deeds,
): fc.Arbitrary<{ contents: Contents; chains: { [Index in keyof W]: Change[] } }> =>
  fc
    .record({
      contents: contentsOf(list),
      steps: fc.array(fc.array(fc.tuple(fc.nat(3), list), { minLength: length, maxLength: length }), {
        minLength: writers.length,
        maxLength: writers.length,
      }),
    })
    .map(({ contents, steps }) => ({
      contents,
      chains: steps.map((chain, index) => {
        let at = contents;
        return chain.map(([ahead, done]) => {
          const change = changeOf(at, writers[index]!, ahead, done);
          at = apply(at, change);
          return change;
        });
      }) as { [Index in keyof W]: Change[] },
    }));
