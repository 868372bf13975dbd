import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeInk,
  decodeInkCourse,
  encodeInk,
  type InkPoint,
  inkPoints,
  MAX_INK_POINTS,
  roundInkPoint,
} from './ink.js';

const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/** Points that lie on the grid of a quantum, near each other or anywhere in the range, each axis given or not. */
const strokes = fc
  .record({
    exponent: fc.integer({ min: -23, max: 8 }),
    hasPressure: fc.boolean(),
    hasTilt: fc.boolean(),
    reach: fc.constantFrom(3, 40, 5_000, 2 ** 31 - 1),
  })
  .chain(({ exponent, hasPressure, hasTilt, reach }) => {
    const coordinate = fc
      .oneof(fc.integer({ min: -reach, max: reach }), fc.constantFrom(0, INT32.min, INT32.max))
      .map((steps) => steps * 2 ** exponent);
    const pressure = fc.integer({ min: 0, max: 256 }).map((steps) => steps / 256);
    const tilt = fc.integer({ min: -90, max: 90 });
    const point: fc.Arbitrary<InkPoint> = fc.record({
      x: coordinate,
      y: coordinate,
      ...(hasPressure && { pressure }),
      ...(hasTilt && { tiltX: tilt, tiltY: tilt }),
    });
    return fc.record({ points: fc.array(point, { maxLength: 60 }), quantum: fc.constant(2 ** exponent) });
  });

describe('ink', () => {
  it('gives back every point on the grid of its quantum, over the whole range, with or without pressure and tilt', () => {
    fc.assert(
      fc.property(strokes, ({ points, quantum }) => {
        const ink = decodeInk(encodeInk(points, { quantum }));
        expect(ink.quantum).toBe(quantum);
        expect(inkPoints(ink)).toEqual(points);
      }),
      { numRuns: 500 },
    );
  });

  it('tells where it goes without the rest, in arrays that the next one fills', () => {
    fc.assert(
      fc.property(strokes, ({ points, quantum }) => {
        const bytes = encodeInk(points, { quantum });
        const { length, x, y } = decodeInk(bytes);
        const course = decodeInkCourse(bytes);
        expect(course.length).toBe(length);
        expect([...course.x.subarray(0, length)]).toEqual([...x]);
        expect([...course.y.subarray(0, length)]).toEqual([...y]);
      }),
    );
    const long = encodeInk(Array.from({ length: 9_000 }, (_, at) => ({ x: at, y: -at })));
    expect(decodeInkCourse(long).y[8_999]).toBe(-8_999);
    expect(() => decodeInkCourse(Uint8Array.of(1, 4, 0xff, 0xff, 0x03))).toThrow('more than they can hold');
    expect(() => decodeInkCourse(Uint8Array.of(9))).toThrow('not ink');
  });

  it('tells where it goes from among other bytes as by itself, even where it ends too soon', () => {
    const others = fc.uint8Array({ minLength: 1, maxLength: 9 });
    /** The course, or why there is none. */
    const courseOf = (...ink: Parameters<typeof decodeInkCourse>): unknown => {
      try {
        const { length, x, y } = decodeInkCourse(...ink);
        return [[...x.subarray(0, length)], [...y.subarray(0, length)]];
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(strokes, others, others, fc.nat(12), ({ points, quantum }, before, after, missing) => {
        const whole = encodeInk(points, { quantum });
        const ink = whole.slice(0, Math.max(whole.length - missing, 0));
        const among = Uint8Array.of(...before, ...ink, ...after);
        expect(courseOf(among, before.length, before.length + ink.length)).toEqual(courseOf(ink));
      }),
    );
  });

  it('rounds what is between to the nearest step: half a quantum off at most', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const point = fc.record({ x: number, y: number, pressure: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const ink = decodeInk(encodeInk(points));
        expect(inkPoints(ink)).toEqual(points.map((one) => roundInkPoint(one)));
        points.forEach(({ x, y, pressure }, index) => {
          expect(Math.abs(ink.x[index]! - x)).toBeLessThanOrEqual(1 / 32);
          expect(Math.abs(ink.y[index]! - y)).toBeLessThanOrEqual(1 / 32);
          expect(Math.abs(ink.pressure![index]! - pressure)).toBeLessThanOrEqual(1 / 512);
        });
      }),
    );
  });

  it('holds no point, one point, and a million', () => {
    expect(encodeInk([])).toHaveLength(3);
    expect(decodeInk(encodeInk([])).length).toBe(0);
    expect(inkPoints(decodeInk(encodeInk([{ x: -3.5, y: 7 }])))).toEqual([{ x: -3.5, y: 7 }]);
    const million = Array.from({ length: 1e6 }, (_, index) => ({
      x: Math.round(Math.sin(index / 50) * 8_000) / 16,
      y: Math.round(Math.cos(index / 70) * 8_000) / 16,
    }));
    const ink = decodeInk(encodeInk(million));
    expect(ink.length).toBe(1e6);
    expect(million.every(({ x, y }, index) => ink.x[index] === x && ink.y[index] === y)).toBe(true);
  });

  it('is not fooled by a pen that rests: bytes bound the points, and still every stroke can be read', () => {
    const resting: InkPoint[] = [
      { x: 0, y: 0 },
      { x: 0, y: 0, pressure: 0.5 },
      { x: 901.25, y: -3, pressure: 0 },
    ];
    for (const length of [1, 2, 63, 64, 65, 66, 100, 500, 5_000, 100_000])
      for (const point of resting)
        expect(decodeInk(encodeInk(new Array<InkPoint>(length).fill(point))).length).toBe(length);
    const most = new Array<InkPoint>(MAX_INK_POINTS).fill({ x: 0, y: 0 });
    expect(decodeInk(encodeInk(most)).length).toBe(MAX_INK_POINTS);
  });

  it('fills an axis that only some points have', () => {
    const ink = decodeInk(
      encodeInk([
        { x: 0, y: 0 },
        { x: 1, y: 1, pressure: 1 },
        { x: 2, y: 2, tiltY: -30 },
      ]),
    );
    expect([...ink.pressure!]).toEqual([0.5, 1, 0.5]);
    expect([...ink.tiltX!]).toEqual([0, 0, 0]);
    expect([...ink.tiltY!]).toEqual([0, 0, -30]);
  });

  it('uses the power of two at or below the quantum asked for', () => {
    expect(decodeInk(encodeInk([], { quantum: 1 / 1000 })).quantum).toBe(1 / 1024);
    expect(decodeInk(encodeInk([], { quantum: 3 })).quantum).toBe(2);
  });

  it('refuses input that it cannot hold, naming it', () => {
    const bad = (point: Partial<InkPoint>): (() => Uint8Array) => {
      return () =>
        encodeInk([
          { x: 0, y: 0 },
          { x: 0, y: 0, ...point },
        ]);
    };
    expect(bad({ x: Number.NaN })).toThrow(
      new RangeError('points[1].x must be a number within ±134217728, not NaN.'),
    );
    expect(bad({ y: Number.POSITIVE_INFINITY })).toThrow('points[1].y');
    expect(bad({ y: 2 ** 27 })).toThrow('points[1].y');
    expect(bad({ pressure: 1.01 })).toThrow('points[1].pressure must be from 0 to 1, not 1.01.');
    expect(bad({ pressure: Number.NaN })).toThrow('points[1].pressure');
    expect(bad({ tiltX: 91 })).toThrow('points[1].tiltX');
    for (const quantum of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -24, 512])
      expect(() => encodeInk([], { quantum })).toThrow(RangeError);
    expect(() => encodeInk(new Array<InkPoint>(MAX_INK_POINTS + 1).fill({ x: 0, y: 0 }))).toThrow(
      'points must be',
    );
  });

  it('reads what format 1 has stored', () => {
    const stored = '012c040978afa0488060b044abc440c0e4';
    const points = [
      { x: 100.5, y: -20.25, pressure: 0.25 },
      { x: 101.5, y: -20.25, pressure: 0.5 },
      { x: 103, y: -19, pressure: 0.75 },
      { x: 104.5, y: -17.5, pressure: 1 },
    ];
    expect(Buffer.from(encodeInk(points)).toString('hex')).toBe(stored);
    expect(inkPoints(decodeInk(Buffer.from(stored, 'hex')))).toEqual(points);
  });
});

describe('bytes that are not ink', () => {
  const refused = expect.objectContaining({ name: 'InkwireError', code: 'ink' });

  it('are refused with a reason', () => {
    const bytes = encodeInk([
      { x: 100, y: 2 },
      { x: 300, y: 4, pressure: 0.9 },
    ]);
    for (const wrong of [
      [],
      [1],
      [1, 36],
      [0, ...bytes.subarray(1)],
      [2, ...bytes.subarray(1)],
      [1, bytes[1]! | 128, ...bytes.subarray(2)],
      [...bytes, 0],
      [...bytes, 1, 2, 3],
      [1, 4, 255],
      [1, 4, 255, 255, 255, 255, 15, 1, 2, 3],
      [1, 4, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
      [1, 4, 200, 1],
    ])
      expect(() => decodeInk(Uint8Array.from(wrong)), String(wrong)).toThrow(refused);
  });

  it('give that error or ink that is sound: finite, in range, and not larger than the bytes warrant', () => {
    const mutated = fc
      .tuple(strokes, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(9))
      .map(([{ points, quantum }, changes, cut]) => {
        const bytes = encodeInk(points, { quantum });
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return bytes.subarray(0, Math.max(0, bytes.length - cut));
      });
    const anything = fc.uint8Array({ maxLength: 200 });
    const headed = fc
      .tuple(fc.nat(127), fc.uint8Array({ maxLength: 60 }))
      .map(([flags, rest]) => Uint8Array.from([1, flags, ...rest]));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, anything, headed), (bytes) => {
        let ink: ReturnType<typeof decodeInk>;
        try {
          ink = decodeInk(bytes);
        } catch (error) {
          expect(error).toEqual(refused);
          return;
        }
        read++;
        expect(ink.length).toBeLessThanOrEqual(64 + 8 * bytes.length);
        expect([...ink.x, ...ink.y].every(Number.isFinite)).toBe(true);
        expect([...(ink.pressure ?? [])].every((pressure) => pressure >= 0 && pressure <= 1)).toBe(true);
        for (const tilts of [ink.tiltX, ink.tiltY])
          expect([...(tilts ?? [])].every((tilt) => tilt >= -90 && tilt <= 90)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(0);
  });
});
