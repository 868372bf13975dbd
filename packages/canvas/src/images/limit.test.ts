import { expect, it } from 'vitest';
import { createLimit } from './limit.js';

it('a limit runs so many jobs at once, the others in their order, failed ones included', async () => {
  const limit = createLimit(2);
  const events: string[] = [];
  let running = 0;
  const job = (name: string) =>
    limit(async () => {
      expect(++running).toBeLessThanOrEqual(2);
      events.push(name);
      await Promise.resolve();
      running--;
      if (name === 'b') throw new Error('b failed');
      return name;
    }).catch((error: Error) => error.message);
  const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(job));
  expect(results).toEqual(['a', 'b failed', 'c', 'd', 'e']);
  expect(events).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await job('f')).toBe('f');
});
