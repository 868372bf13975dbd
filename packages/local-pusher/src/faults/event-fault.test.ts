import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EventFault, matches, type Packet } from './event-fault.js';
import { createRandom } from './random.js';
import type { FaultyConnection } from './selector.js';

const CONNECTION: FaultyConnection = {
  socketId: '1.2',
  appId: 'app',
  userIds: new Set(['ana']),
  joined: new Set(['private-room']),
  cut() {},
  freeze() {},
  thaw() {},
};

function matching(fault: Omit<EventFault, 'kind'>, packet: Partial<Packet> = {}): boolean {
  return matches(
    { kind: 'drop', ...fault },
    {
      direction: 'client-to-server',
      channel: 'private-room',
      event: 'client-move',
      connection: CONNECTION,
      ...packet,
    },
  );
}

it('fits every event of an app, but no message of the protocol unless it is named', () => {
  expect(matching({})).toBe(true);
  expect(matching({}, { event: 'pusher:subscribe' })).toBe(false);
  expect(matching({}, { event: 'pusher_internal:member_added' })).toBe(false);
  expect(matching({ event: 'pusher:subscribe' }, { event: 'pusher:subscribe' })).toBe(true);
  expect(matching({ event: 'pusher_internal:*' }, { event: 'pusher_internal:member_added' })).toBe(true);
});

it('fits by direction, channel, event, user, socket and app', () => {
  expect(matching({ direction: 'client-to-server' })).toBe(true);
  expect(matching({ direction: 'server-to-client' })).toBe(false);
  expect(matching({ channel: 'private-*' })).toBe(true);
  expect(matching({ channel: 'presence-*' })).toBe(false);
  expect(matching({ channel: 'private-*' }, { channel: undefined })).toBe(false);
  expect(matching({ event: 'client-move' })).toBe(true);
  expect(matching({ event: 'client' })).toBe(false);
  expect(matching({ userId: 'ana' })).toBe(true);
  expect(matching({ userId: 'bea' })).toBe(false);
  expect(matching({ socketId: '1.2' })).toBe(true);
  expect(matching({ socketId: '1.3' })).toBe(false);
  expect(matching({ appId: 'app' })).toBe(true);
  expect(matching({ appId: 'other' })).toBe(false);
});

it('understands patterns as the regular expression does that has .* for *', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.'), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '*'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (event, name) => {
      const expression = event
        .split('*')
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.*');
      expect(matching({ event }, { event: name })).toBe(new RegExp(`^${expression}$`).test(name));
    }),
    { numRuns: 5_000 },
  );
});

it('draws the same numbers from the same seed, evenly from 0 to 1', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 10_000 }, random);
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  for (const seed of [0, 1, 2, 0x9e3779b9, 2 ** 32 - 1]) {
    const numbers = draw(seed);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1);
    }
  }
});
