import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelRig } from '../testing/model/model-rig.js';
import { PINNED } from '../testing/model/pinned.js';
import { play } from '../testing/model/play.js';
import { describeFailure, playAll } from '../testing/model/play-all.js';
import type { Rig } from '../testing/rig.js';

/** How many scripts are played; a soak plays more, and says how far it is. */
const SCRIPTS = Number(process.env.INKWIRE_SCRIPTS ?? 300);
const TELL_EVERY = 100;
const SEED = Number(process.env.INKWIRE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const TOGETHER = 12;

/** As often a server is killed for real, with whatever is on its way to it, and another one takes its place. */
const KILL_EVERY = 100;

let rig: Rig;
let boards = 0;
const nextBoard = (): string => {
  boards += 1;
  return `model-${boards}`;
};
beforeAll(async () => {
  rig = await startModelRig();
});
afterAll(() => rig.close());

describe('convergence', () => {
  it.each(Object.entries(PINNED))('F, W, T, L: %s', async (_, script) => {
    expect(await Promise.all([1, 2].map(() => play(rig, nextBoard(), script)))).toEqual([null, null]);
  });

  it('F, W, R, T, L: whatever happens, everybody ends with the same board and nothing that was saved is gone', {
    timeout: 4 * 60 * 60_000,
  }, async () => {
    let replacing = Promise.resolve();
    const failure = await playAll((script) => play(rig, nextBoard(), script), {
      count: SCRIPTS,
      seed: SEED,
      together: TOGETHER,
      onPlayed: (played) => {
        if (played % KILL_EVERY === KILL_EVERY / 2) replacing = rig.replaceKilledServer();
        if (process.env.INKWIRE_SCRIPTS && played % TELL_EVERY === 0)
          console.log(`${played} of ${SCRIPTS} scripts of seed ${SEED} converged.`);
      },
    });
    await replacing;
    expect(failure === null ? '' : describeFailure(failure)).toBe('');
  });
});
