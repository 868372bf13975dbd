import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Scripts to a process and a seed, and how many are played at most. */
const SCRIPTS = 1_000;
const MOST_SCRIPTS = 10_000;

/** Enough for all of them on two cores. */
export const minutes = 120;

/**
 * Plays 10,000 scripts of faults over real messages, of which `npm test` plays 300, or as many as there is time for: each
 * thousand with the seed after the one before. Ends with an error, which names the seed and the script in its smallest
 * form, at the first that does not converge.
 */
export const run = async (options: { minutes: number; seed: number }): Promise<void> => {
  const { seed } = options;
  const vitest = join(
    dirname(createRequire(`${ROOT}package.json`).resolve('vitest/package.json')),
    'vitest.mjs',
  );
  const end = performance.now() + options.minutes * 60_000;
  let played = 0;
  for (let next = seed; performance.now() < end && played < MOST_SCRIPTS; next += 1) {
    const child = spawn(
      process.execPath,
      [vitest, 'run', 'packages/transport/src/board/convergence.test.ts'],
      {
        cwd: ROOT,
        stdio: 'inherit',
        env: { ...process.env, INKWIRE_SCRIPTS: String(SCRIPTS), INKWIRE_SEED: String(next) },
      },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0)
      throw new Error(`Scripts with seed ${next} did not converge; repeat with --seed ${next}.`);
    played += SCRIPTS;
    console.log(`${played} scripts converged.`);
  }
};
