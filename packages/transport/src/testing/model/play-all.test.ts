import { describe, expect, it } from 'vitest';
import { describeFailure, playAll } from './play-all.js';
import type { Script } from './script.js';

const offline = ({ steps }: Script): boolean => steps.some((step) => step.do === 'go offline');

describe('playing scripts', () => {
  it('ends with the first that fails, told with its seed and in its smallest form', async () => {
    const failure = await playAll(async (script) => (offline(script) ? 'Somebody is offline.' : null), {
      count: 200,
      seed: 1,
      together: 5,
    });
    expect(failure).toMatchObject({ seed: 1, wrong: 'Somebody is offline.' });
    expect(failure?.script.steps.map((step) => step.do)).toContain('go offline');
    // A script has four steps at least.
    expect(failure?.script.steps.length).toBeLessThanOrEqual(6);
    expect(failure && describeFailure(failure)).toMatch(
      /^Script \d+ of seed 1: Somebody is offline\.\n.*\n\{"tabs"/,
    );
  });

  it('plays as many as were asked for, some at the same time, the same ones for the same seed', async () => {
    const played: string[][] = [];
    let [now, most] = [0, 0];
    for (let round = 0; round < 2; round += 1) {
      const scripts: string[] = [];
      const failure = await playAll(
        async (script) => {
          most = Math.max(most, ++now);
          await Promise.resolve();
          now -= 1;
          scripts.push(JSON.stringify(script));
          return null;
        },
        { count: 30, seed: 7, together: 4 },
      );
      expect(failure).toBeNull();
      played.push(scripts.sort());
    }
    expect(played[0]?.length).toBe(30);
    expect(played[1]).toEqual(played[0]);
    expect(most).toBe(4);
  });
});
