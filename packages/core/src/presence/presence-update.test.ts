import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../element/geometry/placement.js';
import type { ElementId } from '../element/id.js';
import type { Drag } from './drag.js';
import type { LivePiece } from './live-ink.js';
import { decodePresence, encodePresence, type PresenceUpdate } from './presence-update.js';
import type { TrailSample } from './trail.js';

const NOTHING: PresenceUpdate = { at: 0, trail: [], gone: false, live: [], ended: [], drag: null };
const ID = 'Zz09aBcDeFgH' as ElementId;

const BASE62 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const ids = fc
  .array(fc.constantFrom(...BASE62), { minLength: 12, maxLength: 12 })
  .map((characters) => characters.join('') as ElementId);

const onGrid = (stepsPerUnit: number, reach = 2 ** 20): fc.Arbitrary<number> =>
  fc.integer({ min: -reach, max: reach }).map((steps) => steps / stepsPerUnit);

const trails = fc.tuple(
  fc.nat(2 ** 41),
  fc.array(fc.record({ before: fc.nat(60_000), x: onGrid(16), y: onGrid(16) }), { maxLength: 60 }),
);

const points = fc.boolean().chain((hasPressure) =>
  fc.array(
    fc.record({
      x: onGrid(16),
      y: onGrid(16),
      ...(hasPressure && { pressure: fc.nat(256).map((steps) => steps / 256) }),
    }),
    { maxLength: 40 },
  ),
);

const pieces: fc.Arbitrary<LivePiece> = fc.record({
  id: ids,
  from: fc.nat(2 ** 20),
  tool: fc.constantFrom('pen' as const, 'highlighter' as const),
  color: fc.oneof(
    fc.constant('ink'),
    fc.nat(0xffffff).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`),
  ),
  width: fc.nat(4096 * 64).map((steps) => steps / 64),
  opacity: fc.nat(255).map((steps) => steps / 255),
  quantum: fc.constant(1 / 16),
  points,
});

const factor = fc.float({ noNaN: true, min: -(2 ** 40), max: 2 ** 40 });
const transforms: fc.Arbitrary<Matrix> = fc.oneof(
  fc.tuple(onGrid(64), onGrid(64)).map(([e, f]): Matrix => [1, 0, 0, 1, e, f]),
  fc.tuple(factor, factor, factor, factor, onGrid(64), onGrid(64)),
);
const drags: fc.Arbitrary<Drag> = fc.record({
  ids: fc.option(fc.array(ids, { maxLength: 5 })),
  transform: transforms,
  letGo: fc.boolean(),
  copy: fc.option(ids),
});

const updates: fc.Arbitrary<PresenceUpdate> = fc
  .record(
    {
      trail: trails,
      gone: fc.boolean(),
      live: fc.array(pieces, { maxLength: 3 }),
      ended: fc.array(ids, { maxLength: 3 }),
      drag: fc.option(drags),
      selection: fc.array(ids, { maxLength: 5 }),
      viewport: fc.record({ minX: onGrid(4), minY: onGrid(4), maxX: onGrid(4), maxY: onGrid(4) }),
      tool: fc.string({ maxLength: 32 }),
      writing: fc.option(fc.record({ element: ids, anchor: fc.nat(), caret: fc.nat() })),
    },
    { requiredKeys: ['trail', 'gone', 'live', 'ended', 'drag'] },
  )
  .map(({ trail: [at, samples], ...rest }) => ({
    ...rest,
    at: at + 60_000,
    trail: samples.map(({ before, x, y }): TrailSample => ({ at: at + 60_000 - before, x, y })),
  }));

describe('a presence update', () => {
  it('P1: carries trails, live ink, drags, selection, viewport, tool and place in a text as they were, to the precision of each', () => {
    fc.assert(
      fc.property(updates, (update) => {
        expect(decodePresence(encodePresence(update))).toEqual(update);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no bytes for what it does not say', () => {
    expect(encodePresence(NOTHING)).toHaveLength(2);
  });

  it('P1: takes 4 bytes at most for one more sample of a cursor that a hand moves', () => {
    // A hand at 60 Hz: an ellipse at up to 1,500 units a second, with a tremor, and timers that are a little late.
    const at = 100_000;
    const trail = Array.from({ length: 120 }, (_, index): TrailSample => {
      const t = index / 60;
      return {
        at: at - 2_000 + Math.round(index * 16.67 + (index % 3)),
        x: 400 + 300 * Math.cos(5 * t) + Math.sin(61 * t),
        y: 300 + 200 * Math.sin(5 * t) + Math.cos(47 * t),
      };
    });
    const bytes = (samples: number): number =>
      encodePresence({ ...NOTHING, at, trail: trail.slice(0, samples) }).length;
    for (let samples = 2; samples <= trail.length; samples++)
      expect(bytes(samples) - bytes(1)).toBeLessThanOrEqual(4 * (samples - 1));
  });

  it('P1: repeats the look of a stroke cheaply: a piece of 8 points takes 60 bytes at most', () => {
    const piece: LivePiece = {
      id: ID,
      from: 300,
      tool: 'pen',
      color: '#1971c2',
      width: 3.5,
      opacity: 1,
      points: Array.from({ length: 8 }, (_, index) => ({
        x: -812.25 + 3 * index + index ** 2 / 8,
        y: 1500 - 2 * index,
        pressure: 0.4 + index / 100,
      })),
    };
    expect(encodePresence({ ...NOTHING, at: 1e6, live: [piece] }).length).toBeLessThanOrEqual(60);
  });

  it('drags a whole selection, however large, in a few bytes', () => {
    const drag: Drag = { ids: null, transform: [1, 0, 0, 1, 120.5, -3], letGo: false, copy: null };
    expect(encodePresence({ ...NOTHING, at: 1e6, drag }).length).toBeLessThanOrEqual(16);
  });

  it('skips sections that a later version added', () => {
    const bytes = encoding.encode((encoder) => {
      encoding.writeUint8Array(encoder, encodePresence({ ...NOTHING, ended: [ID] }));
      encoding.writeUint8(encoder, 200);
      encoding.writeVarUint8Array(encoder, Uint8Array.of(1, 2, 3));
      encoding.writeUint8Array(encoder, encodePresence({ ...NOTHING, gone: true }).subarray(2));
    });
    expect(decodePresence(bytes)).toEqual({ ...NOTHING, ended: [ID], gone: true });
  });

  it('refuses to pack what nobody could show, naming it', () => {
    const sample = { at: 0, x: 0, y: 0 };
    const bad: [Partial<PresenceUpdate>, string][] = [
      [{ at: Number.NaN }, 'at must be'],
      [{ at: -1 }, 'at must be'],
      [{ trail: [{ ...sample, at: 1 }] }, 'trail[0].at'],
      [{ trail: [{ ...sample, x: Number.NaN }] }, 'trail[0].x'],
      [{ trail: [sample, { ...sample, y: Number.POSITIVE_INFINITY }] }, 'trail[1].y'],
      [{ trail: [sample, { ...sample, x: 1e12 }] }, 'trail[1]'],
      [{ trail: new Array<TrailSample>(1025).fill(sample) }, '1024'],
      [{ drag: { ids: [], transform: [1, 0, 0, 1, Number.NaN, 0], letGo: false, copy: null } }, 'transform'],
      [{ viewport: { minX: 0, minY: 0, maxX: Number.NaN, maxY: 0 } }, 'viewport'],
      [{ tool: 'x'.repeat(33) }, 'tool'],
    ];
    for (const [part, message] of bad) expect(() => encodePresence({ ...NOTHING, ...part })).toThrow(message);
  });

  it('refuses ids that nobody has, transforms that are no numbers, and sections that are cut off', () => {
    const section = (kind: number, ...bytes: number[]): Uint8Array =>
      Uint8Array.from([1, 0, kind, bytes.length, ...bytes]);
    const nan = [0x7f, 0xc0, 0, 0];
    for (const [bytes, message] of [
      [section(4, ...new Array<number>(9).fill(255)), 'No id has these bytes'],
      [section(4, 1, 2, 3), 'an id is cut off'],
      [section(5, 1, 0, 0, ...nan, ...nan, ...nan, ...nan), 'transform must be six finite numbers'],
      [section(7, 1, 1), 'Section 7 is cut off'],
      [Uint8Array.of(2, 0), 'Presence has version 1, not 2'],
    ] as const)
      expect(() => decodePresence(bytes)).toThrow(message);
  });

  it('W5: any bytes decode or throw a WireError, and nothing larger comes out than went in warrants', () => {
    const mutated = fc
      .tuple(updates, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(9))
      .map(([update, changes, cut]) => {
        const bytes = encodePresence(update);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return bytes.subarray(0, Math.max(0, bytes.length - cut));
      });
    const headed = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.uint8Array({ maxLength: 100 }))
      .map(([kind, rest]) => Uint8Array.from([1, 0, kind, rest.length, ...rest]));
    fc.assert(
      fc.property(fc.oneof(mutated, headed, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        let update: PresenceUpdate;
        try {
          update = decodePresence(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: 'WireError', code: 'wire' });
          return;
        }
        const told = update.trail.length + update.live.reduce((sum, { points }) => sum + points.length, 0);
        expect(told).toBeLessThanOrEqual(1024 + 64 + 8 * bytes.length);
        const numbers = [
          ...update.trail.flatMap(({ at, x, y }) => [at, x, y]),
          ...update.live.flatMap(({ points }) => points.flatMap(({ x, y }) => [x, y])),
          ...(update.drag?.transform ?? []),
        ];
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
