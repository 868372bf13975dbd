import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import { packValue, REGISTERS, type Register, registerOf, unpackValue } from './register.js';

const CODES = [...Object.values(REGISTERS).map(({ code }) => code), '.name', '|name', '+name'];
const registers = CODES.map((code) => registerOf(code) as Register);
const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const inputs: Record<string, fc.Arbitrary<unknown>> = {
  p: fc.tuple(coordinate, coordinate),
  s: fc.tuple(coordinate, coordinate),
  r: fc.double({ min: -100, max: 100, noNaN: true }),
  a: fc.double({ min: 0, max: 1, noNaN: true }),
  w: fc.double({ min: 0, max: 4096, noNaN: true }),
  x: fc.boolean(),
  c: fc.constantFrom('ink', '#A0b1C2'),
  f: fc.constantFrom('ink', 'none', '#a0b1c2'),
  g: fc.constantFrom(null, 'AbCdEf012345'),
  n: fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 9 }),
  b: fc.option(
    fc.record({
      element: fc.constant('AbCdEf012345'),
      anchor: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    }),
  ),
  k: fc.array(fc.tuple(fc.nat(1_000), fc.nat(50)).map(([from, length]) => [from / 7, from / 7 + length])),
  v: fc.integer({ min: -1e6, max: 1e6 }),
  m: fc.string({ unit: 'binary', maxLength: 40 }),
  '.name': fc.jsonValue(),
  '|name': fc.array(fc.jsonValue()),
};

describe('values of registers', () => {
  it('D7: checking rounds once, and bytes give back what was checked', () => {
    for (const [code, input] of Object.entries(inputs)) {
      const register = registerOf(code) as Register;
      fc.assert(
        fc.property(input, (value) => {
          const checked = register.type.check(value, code);
          expect(register.type.check(checked, code)).toEqual(checked);
          expect(unpackValue(register, packValue(register, checked))).toEqual(checked);
        }),
        { numRuns: 300 },
      );
    }
  });

  it('D7: every register takes its initial value, and two equal values have equal bytes', () => {
    for (const register of registers) {
      const { type, initial, code } = register;
      expect(type.check(initial, code), code).toEqual(initial);
      expect(packValue(register, structuredClone(initial))).toEqual(packValue(register, initial));
    }
  });

  it('D7: numbers are rounded to 1/64 unit, and are never a negative zero', () => {
    expect(REGISTERS.position.type.check([1 / 3, -0.001], 'position')).toEqual([21 / 64, 0]);
    expect(REGISTERS.rotation.type.check(-Math.PI / 2, 'rotation')).toBe(1.5 * Math.PI);
  });

  it('D7: wrong input is refused with the name of the field', () => {
    const wrong: [keyof typeof REGISTERS, unknown][] = [
      ['position', [Number.NaN, 0]],
      ['position', [0, Number.POSITIVE_INFINITY]],
      ['position', [1]],
      ['position', [2 ** 33, 0]],
      ['size', 'large'],
      ['rotation', '1'],
      ['order', 'a'],
      ['parent', 'nobody'],
      ['locked', 1],
      ['color', 'red'],
      ['opacity', 1.5],
      ['width', -1],
      ['cuts', [[3, 1]]],
      ['points', [[0, 0]]],
      ['startBinding', { element: 'AbCdEf012345', anchor: [2, 0] }],
      ['form', 'blob'],
      ['votes', 0.5],
      ['crop', [0.5, 0, 0.5, 1]],
      ['title', 'x'.repeat(2_000)],
    ];
    for (const [name, value] of wrong) {
      expect(() => REGISTERS[name].type.check(value, name), name).toThrow(new RegExp(name));
    }
  });

  it('D7: any bytes are a value or an error, never a hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        for (const register of registers) {
          try {
            const value = unpackValue(register, bytes);
            // What can be read can be written.
            expect(register.type.check(value, register.code)).toEqual(value);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        }
      }),
      { numRuns: 2_000 },
    );
    const huge = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(() => REGISTERS.points.type.read(decoding.createDecoder(huge))).toThrow();
  });
});
