import fc from 'fast-check';
import { type Script, scripts } from './script.js';

/** Plays a script once and says what was wrong, if anything. */
export type PlayOnce = (script: Script) => Promise<string | null>;

export interface PlayOptions {
  readonly count: number;
  readonly seed: number;
  /** Scripts that are played at the same time. */
  readonly together: number;
  /** How long a failing script may be made smaller; 0 to leave it as it is. Default 2 minutes. */
  readonly shrinkMs?: number;
  readonly onPlayed?: (played: number) => void;
}

export interface Failure {
  readonly seed: number;
  /** The script's number among those of the seed. */
  readonly index: number;
  readonly wrong: string;
  readonly script: Script;
}

/** Real messages are never twice on their way in the same order, so a smaller script gets several chances to fail. */
const CHANCES = 6;

/** Makes a script that failed as small as it can be while it still fails. */
const shrink = async (play: PlayOnce, failure: Failure, shrinkMs: number): Promise<Failure> => {
  let smallest = failure;
  const property = fc.asyncProperty(scripts, async (script) => {
    const wrongs = await Promise.all(Array.from({ length: CHANCES }, () => play(script)));
    const wrong = wrongs.find((each) => each !== null);
    if (wrong === undefined || wrong === null) return;
    smallest = { ...failure, wrong, script };
    throw new Error(wrong);
  });
  await fc.check(property, {
    seed: failure.seed,
    path: String(failure.index),
    numRuns: 1,
    interruptAfterTimeLimit: shrinkMs,
  });
  return smallest;
};

/**
 * Plays `count` scripts of a seed, several at a time; stops at the first that fails, and returns it as small as it could
 * be made, or null.
 */
export const playAll = async (play: PlayOnce, options: PlayOptions): Promise<Failure | null> => {
  const { count, seed, together, shrinkMs = 120_000, onPlayed = () => {} } = options;
  const all = fc.sample(scripts, { seed, numRuns: count });
  let next = 0;
  let played = 0;
  let failure: Failure | null = null;
  const playNext = async (): Promise<void> => {
    while (next < all.length && failure === null) {
      const index = next;
      next += 1;
      const script = all[index] as Script;
      const wrong = await play(script);
      played += 1;
      onPlayed(played);
      if (wrong !== null) failure ??= { seed, index, wrong, script };
    }
  };
  await Promise.all(Array.from({ length: together }, playNext));
  return failure === null || shrinkMs === 0 ? failure : shrink(play, failure, shrinkMs);
};

export const describeFailure = ({ seed, index, wrong, script }: Failure): string =>
  `Script ${index} of seed ${seed}: ${wrong}\nIts shrunk form, for the list of pinned scripts:\n${JSON.stringify(script)}`;
