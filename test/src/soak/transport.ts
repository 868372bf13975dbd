import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPTS = 1_000;

/**
 * Plays scripts of faults over real messages, the same that `npm test` plays 300 of, for as long as it is asked to: each
 * thousand with the seed after the one before. Ends with an error, which names the seed and the script, at the first that
 * does not converge.
 */
export const run = async ({ minutes, seed }: { minutes: number; seed: number }): Promise<void> => {
  const vitest = join(
    dirname(createRequire(`${ROOT}package.json`).resolve('vitest/package.json')),
    'vitest.mjs',
  );
  const end = performance.now() + minutes * 60_000;
  let played = 0;
  for (let next = seed; performance.now() < end; next += 1) {
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
