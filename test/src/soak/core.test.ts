import { expect, it } from 'vitest';
import { soakRoom } from './core.js';

it('C3, C4: five people who do everything at once, over a bad network, end with one board, which a naive model has too', () => {
  const counts: Record<string, number> = {};
  for (let seed = 1; seed <= 12; seed += 1) {
    for (const [name, count] of Object.entries(soakRoom(seed, 400, 200))) {
      counts[name] = (counts[name] ?? 0) + count;
    }
  }
  // What never happened was not tried.
  for (const name of [
    'conflicts',
    'erase',
    'gestures',
    'group',
    'redos',
    'reloads',
    'undos',
    'vote',
    'write',
  ]) {
    expect(counts[name], name).toBeGreaterThan(0);
  }
});
