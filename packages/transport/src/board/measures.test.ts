import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelRig } from '../testing/model/model-rig.js';
import { PINNED } from '../testing/model/pinned.js';
import { play } from '../testing/model/play.js';
import { connectWithout, type Measure } from '../testing/model/without.js';
import type { Rig } from '../testing/rig.js';

/** What each measure is for, and what happens without it. */
const STORIES: Readonly<Record<Measure, readonly [story: keyof typeof PINNED, wrong: RegExp]>> = {
  'the durable outbox': [
    'who was offline closes the page before anything is saved',
    /its browser kept is gone/,
  ],
  'the pull by sequence': ['frames get lost, and nobody says anything after them', /never came to this/],
  'the gate': ['everybody builds at once on what they have just seen', /something pending/],
  'the witness': ['authors vanish after what they have shown', /never came to this/],
  'immutable entries': ['answers get lost while more comes', /never came to this|is gone|something pending/],
  'the pull after the subscription': [
    'frames get lost, and nobody says anything after them',
    /who comes back alone/,
  ],
};

/** Faults fall as they may: a story is told so often at most until it ends badly. */
const TIMES = 60;
const TOGETHER = 3;

let rig: Rig;
let boards = 0;
beforeAll(async () => {
  rig = await startModelRig();
});
afterAll(() => rig.close());

const tell = (measure: Measure): Promise<string | null> => {
  const [story] = STORIES[measure];
  boards += 1;
  return play(rig, `without-${boards}`, PINNED[story], connectWithout(measure));
};

describe('the model of convergence', () => {
  it.each(Object.keys(STORIES) as Measure[])(
    'F, L, W: fails without %s',
    { timeout: 300_000 },
    async (measure) => {
      let wrongs: (string | null)[] = [];
      for (let told = 0; told < TIMES && !wrongs.some((wrong) => wrong !== null); told += TOGETHER)
        wrongs = await Promise.all(Array.from({ length: TOGETHER }, () => tell(measure)));
      const [, wrong] = STORIES[measure];
      expect(wrongs.find((each) => each !== null)).toMatch(wrong);
    },
  );
});
