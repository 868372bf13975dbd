import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../testing/rig.js';
import { play, type Script, SPEED, type Step } from '../testing/script.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(
    // The clients' time runs faster, so more events fall into a second of the server's.
    { limits: { clientEventsPerSecond: 10 * SPEED } },
    {
      compactAfterEntries: 12,
      limits: { entriesPerSecond: 100_000, bytesPerSecond: 1 << 30 },
      timer: (ms, work) => {
        const timer = setTimeout(work, ms / SPEED);
        return () => clearTimeout(timer);
      },
    },
  );
  const { faults } = rig.pusher;
  const direction = 'client-to-server';
  faults.add({ kind: 'drop', probability: 0.25 });
  faults.add({ kind: 'duplicate', probability: 0.1 });
  faults.add({ kind: 'reorder', probability: 0.15, delayMs: [1, 30] });
  faults.add({ kind: 'delay', probability: 0.15, delayMs: [1, 60], direction });
});
afterAll(() => rig.close());

const who = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('draw' as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('move' as const, 'remove' as const), who, which: fc.nat(20) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('burst' as const), who, count: fc.integer({ min: 2, max: 15 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'return' as const, 'mute' as const), who }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('lose answers' as const),
      who,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'reload' as const, 'crash' as const), who }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('silence' as const), ms: fc.integer({ min: 5, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) }),
  },
);

const script: fc.Arbitrary<Script> = fc.record({
  people: fc.integer({ min: 2, max: 4 }),
  steps: fc.array(step, { minLength: 4, maxLength: 24 }),
});

/** Scripts that run at the same time, each on its own board. */
const TOGETHER = 15;

let boards = 0;
const playAll = async (scripts: readonly Script[]): Promise<void> => {
  const wrongs = await Promise.all(
    scripts.map(async (each) => {
      boards += 1;
      const wrong = await play(rig, `model-${boards}`, each);
      return wrong === null ? [] : [`${wrong}\nin ${JSON.stringify(each)}`];
    }),
  );
  expect(wrongs.flat()).toEqual([]);
};

/** How many scripts are played; a soak plays more. */
const SCRIPTS = Number(process.env.INKWIRE_SCRIPTS ?? 300);
const SEED = process.env.INKWIRE_SEED;

describe('convergence', () => {
  it('F, W, L: whatever happens, everybody ends with the same board and nothing that was saved is gone', {
    timeout: 30 * 60_000,
  }, async () => {
    const together = fc.array(script, { minLength: TOGETHER, maxLength: TOGETHER });
    await fc.assert(fc.asyncProperty(together, playAll), {
      numRuns: Math.ceil(SCRIPTS / TOGETHER),
      // Time is real here, so a smaller script would show little; the one that failed is told whole.
      endOnFailure: true,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    });
  });
});
