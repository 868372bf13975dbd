import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainsOf, registerDeeds } from '../testing/arbitrary-change.js';
import { apply } from './apply.js';
import type { Change } from './change.js';
import { decodeChange, encodeChange } from './change-bytes.js';
import { changeFromJson, changeToJson } from './change-json.js';
import { compose } from './compose.js';
import { difference } from './difference.js';
import { invert } from './invert.js';
import { transform } from './transform.js';

const RUNS = { numRuns: 2_000 };

describe('the algebra of changes', () => {
  it('C2: TP1: two concurrent changes end in the same contents in either order, texts included', () => {
    fc.assert(
      fc.property(chainsOf([1, 2], 1), ({ contents, chains: [[a], [b]] }) => {
        const left = apply(apply(contents, a!), transform(b!, a!));
        const right = apply(apply(contents, b!), transform(a!, b!));
        expect(left).toEqual(right);
      }),
      RUNS,
    );
  });

  it('C2: TP2: a change over two others is the same whichever of them came first, for registers', () => {
    fc.assert(
      fc.property(chainsOf([1, 2, 3], 1, registerDeeds), ({ chains: [[a], [b], [c]] }) => {
        const left = transform(transform(c!, a!), transform(b!, a!));
        const right = transform(transform(c!, b!), transform(a!, b!));
        expect(left).toEqual(right);
      }),
      RUNS,
    );
  });

  it('C2: compose does what its parts do one after the other', () => {
    fc.assert(
      fc.property(chainsOf([1], 2), ({ contents, chains: [[a, b]] }) => {
        expect(apply(contents, compose(a!, b!))).toEqual(apply(apply(contents, a!), b!));
      }),
      RUNS,
    );
  });

  it('C2: compose is associative', () => {
    fc.assert(
      fc.property(chainsOf([1], 3), ({ chains: [[a, b, c]] }) => {
        expect(compose(compose(a!, b!), c!)).toEqual(compose(a!, compose(b!, c!)));
      }),
      RUNS,
    );
  });

  it('C2: invert restores', () => {
    fc.assert(
      fc.property(chainsOf([1], 1), ({ contents, chains: [[a]] }) => {
        expect(apply(apply(contents, a!), invert(a!, contents))).toEqual(contents);
      }),
      RUNS,
    );
  });

  it('C2: transform distributes over compose, on both sides, for registers', () => {
    fc.assert(
      fc.property(chainsOf([1, 2], 2, registerDeeds), ({ chains: [[a, b], [c]] }) => {
        expect(transform(c!, compose(a!, b!))).toEqual(transform(transform(c!, a!), b!));
        const sideways = compose(transform(a!, c!), transform(b!, transform(c!, a!)));
        expect(transform(compose(a!, b!), c!)).toEqual(sideways);
      }),
      RUNS,
    );
  });

  it('C2: JSON and bytes give back the same change', () => {
    fc.assert(
      fc.property(chainsOf([1], 2), ({ contents, chains: [[a, b]] }) => {
        for (const change of [a!, compose(a!, b!), invert(a!, contents)]) {
          const json = JSON.parse(JSON.stringify(changeToJson(change)));
          expect(changeFromJson(json)).toEqual(change);
          expect(decodeChange(encodeChange(change))).toEqual(change);
        }
      }),
      RUNS,
    );
  });

  it('a difference leads from the one contents to the other', () => {
    fc.assert(
      fc.property(chainsOf([1, 2], 1), ({ contents, chains: [[a], [b]] }) => {
        const [left, right] = [apply(contents, a!), apply(contents, b!)];
        expect(apply(left, difference(left, right))).toEqual(right);
      }),
      RUNS,
    );
  });

  it('a change is refused by contents that it was not made on', () => {
    fc.assert(
      fc.property(chainsOf([1], 1, registerDeeds), ({ contents, chains: [[a]] }) => {
        fc.pre(a!.writes.size > 0);
        expect(() => apply(apply(contents, a!), a as Change)).toThrow(RangeError);
      }),
    );
  });
});

describe('changes from outside', () => {
  const refused = expect.objectContaining({ code: 'change' });

  it('any bytes are a change or a typed error', () => {
    fc.assert(
      fc.property(chainsOf([1], 1), fc.nat(), fc.nat(255), ({ chains: [[a]] }, place, byte) => {
        const bytes = encodeChange(a!);
        bytes[place % bytes.length] = byte;
        try {
          encodeChange(decodeChange(bytes));
        } catch (error) {
          expect(error).toEqual(refused);
        }
        for (const wrong of [bytes.slice(0, -1), new Uint8Array([...bytes, 0])]) {
          try {
            decodeChange(wrong);
          } catch (error) {
            expect(error).toEqual(refused);
          }
        }
      }),
      RUNS,
    );
  });

  it('any JSON is a change or a typed error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (births, writes, texts) => {
        expect(() => changeFromJson(births)).toThrow(refused);
        const json = { writer: 1, births: [births], writes: [writes], texts: [texts] };
        expect(() => changeFromJson(json)).toThrow(refused);
      }),
      RUNS,
    );
    const id = 'AAAAAAAAAAAA';
    for (const writes of [
      [[`${id}/p`, null, null]],
      [[`${id}/p`, null, [1, 1, ['a', 0]]]],
      [[`${id}/p`, null, [0, 1, [0, 0]]]],
      [[`${id}/p`, null, [1, -1, [0, 0]]]],
      [[`${id}/p/1`, null, [1, 1, [0, 0]]]],
      [[`${id}/k`, null, [1, 1, []]]],
      [[`${id}/k/01`, null, [1, 1, []]]],
      [[`${id}/t`, null, [1, 1, 'pen']]],
      [[`${id}/?`, null, [1, 1, 0]]],
    ]) {
      expect(
        () => changeFromJson({ writer: 1, births: [], writes, texts: [] }),
        JSON.stringify(writes),
      ).toThrow(refused);
    }
  });
});
