import { expect, it } from 'vitest';
import { channelKind, channelNameProblem } from './channel-name.js';
import { HOSTED_LIMITS } from './limits.js';

const problem = (name: unknown) => channelNameProblem(name, HOSTED_LIMITS);

it('tells the kinds of channels by their prefixes', () => {
  const kinds = (name: string) =>
    Object.entries(channelKind(name))
      .filter(([, value]) => value)
      .map(([kind]) => kind);
  expect(kinds('news')).toEqual([]);
  expect(kinds('cache-news')).toEqual(['cache']);
  expect(kinds('private-cache-news')).toEqual(['authorized', 'cache']);
  expect(kinds('private-news-cache-')).toEqual(['authorized']);
  expect(kinds('presence-room')).toEqual(['authorized', 'presence']);
  expect(kinds('presence-cache-room')).toEqual(['authorized', 'presence', 'cache']);
  expect(kinds('private-encrypted-cache-vault')).toEqual(['authorized', 'encrypted', 'cache']);
  expect(channelKind('#server-to-user-ana').serverToUser).toBe('ana');
});

it('accepts the documented characters and length, and no others', () => {
  expect(problem('private-A_z-0=@,.;')).toBeUndefined();
  expect(problem('x'.repeat(164))).toBeUndefined();
  expect(problem('x'.repeat(165))).toContain('at most 164');
  for (const name of ['', 'two words', 'a#b', 'a/b', 'naïve', '#server-to-user-', undefined, 7, null]) {
    expect(problem(name), String(name)).toBeDefined();
  }
});

it('lets a server-to-user channel carry any user id of up to 128 characters', () => {
  expect(problem('#server-to-user-Ana Müller')).toBeUndefined();
  expect(problem(`#server-to-user-${'x'.repeat(129)}`)).toContain('1 to 128');
});
