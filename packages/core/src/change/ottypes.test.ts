import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { changeOf, type Deed, IDS } from '../testing/arbitrary-change.js';
import { apply } from './apply.js';
import type { Change } from './change.js';
import { type ChangeJson, changeFromJson, changeToJson } from './change-json.js';
import { compose } from './compose.js';
import { type Contents, EMPTY_CONTENTS } from './contents.js';
import { difference } from './difference.js';
import { invert } from './invert.js';
import { transform } from './transform.js';

// The fuzzer of https://ottypes.github.io/docs: it drives any type that has the contract below.
interface OperationType {
  readonly name: string;
  readonly tp2?: boolean;
  create(): ChangeJson;
  apply(contents: ChangeJson, change: ChangeJson): ChangeJson;
  transform(change: ChangeJson, other: ChangeJson, side: 'left' | 'right'): ChangeJson;
  compose(first: ChangeJson, second: ChangeJson): ChangeJson;
  invert?(change: ChangeJson): ChangeJson;
}
interface Fuzzer {
  (
    type: OperationType,
    generate: (contents: ChangeJson) => [ChangeJson, ChangeJson],
    iterations: number,
  ): void;
  randomInt(below: number): number;
  randomWord(): string;
}

const sorted = <T extends readonly [string, ...unknown[]]>(entries: readonly T[]): T[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** The fuzzer copies and compares plain JSON, in which order counts. */
const plain = (change: Change): ChangeJson => {
  const { writer, births, writes, texts } = JSON.parse(JSON.stringify(changeToJson(change))) as ChangeJson;
  return { writer, births: sorted(births), writes: sorted(writes), texts: sorted(texts) };
};

/** Contents are handed over as the change that makes them out of nothing. */
const contentsOf = (json: ChangeJson): Contents => apply(EMPTY_CONTENTS, changeFromJson(json));
const contentsJson = (contents: Contents): ChangeJson => plain(difference(EMPTY_CONTENTS, contents));

const boardType: OperationType = {
  name: 'inkwire-board',
  create: () => contentsJson(EMPTY_CONTENTS),
  apply: (contents, change) => contentsJson(apply(contentsOf(contents), changeFromJson(change))),
  transform(change, other, side) {
    // Composed changes have no single writer; here the side says who comes first.
    const [writer, otherWriter] = side === 'left' ? [1, 2] : [2, 1];
    const mine = { ...changeFromJson(change), writer };
    const next = transform(mine, { ...changeFromJson(other), writer: otherWriter });
    return plain({ ...next, writer: change.writer });
  },
  compose: (first, second) => plain(compose(changeFromJson(first), changeFromJson(second))),
};

/** Without texts, a change can be inverted without what it was made on, and TP2 holds. */
const registersType: OperationType = {
  ...boardType,
  name: 'inkwire-registers',
  tp2: true,
  invert: (change) => plain(invert(changeFromJson(change), EMPTY_CONTENTS)),
};

let writers = 0;
const generator =
  (fuzzer: Fuzzer, withTexts: boolean) =>
  (json: ChangeJson): [ChangeJson, ChangeJson] => {
    const { randomInt } = fuzzer;
    const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;
    const deed = (): Deed => {
      const id = pick(IDS);
      const type = pick(withTexts ? (['birth', 'write', 'text'] as const) : (['birth', 'write'] as const));
      if (type === 'birth') return { type, id, author: fuzzer.randomWord() };
      if (type === 'write') {
        const code = pick(['p', 'x', 'k', 'v']);
        const from = randomInt(8);
        const value = {
          p: [randomInt(99), 0],
          x: randomInt(2) === 0,
          k: [[from, from + 1 + randomInt(3)]],
          v: randomInt(3),
        };
        return { type, id, code, value: value[code as keyof typeof value] };
      }
      const step = () => pick(['keep', 'delete', 'bold', 'plain', 'insert'] as const);
      const pieces = Array.from({ length: 1 + randomInt(3) }, () => ({
        part: randomInt(100) / 100,
        step: step(),
        text: fuzzer.randomWord(),
      }));
      return { type, id, pieces };
    };
    const contents = contentsOf(json);
    // Whatever is concurrent has different writers; the fuzzer makes ten changes at a time.
    writers = (writers % 40) + 1;
    const change = changeOf(contents, writers, randomInt(3), Array.from({ length: 1 + randomInt(3) }, deed));
    return [plain(change), contentsJson(apply(contents, change))];
  };

const folder = process.cwd();
beforeAll(() => process.chdir(mkdtempSync(join(tmpdir(), 'inkwire-ottypes-'))));
afterAll(() => process.chdir(folder));

it('C2: the ottypes fuzzer finds nothing wrong with changes', () => {
  // It reports on the console, and saves its state in the working directory.
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'time').mockImplementation(() => {});
  vi.spyOn(console, 'timeEnd').mockImplementation(() => {});
  const fuzzer = createRequire(import.meta.url)('ot-fuzzer') as Fuzzer;
  fuzzer(registersType, generator(fuzzer, false), 300);
  fuzzer(boardType, generator(fuzzer, true), 100);
  expect(writers).toBeGreaterThan(0);
});
