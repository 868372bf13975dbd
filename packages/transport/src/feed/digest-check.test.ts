import type { DigestAnswer, Sequence } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { TransportError } from '../transport-error.js';
import { createDigestCheck } from './digest-check.js';
import { createLogPosition } from './log-position.js';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

const rig = (answer: () => DigestAnswer) => {
  const clock = createManualClock();
  const position = createLogPosition();
  position.restart('e');
  position.noteRead(5 as Sequence);
  const state = { settled: true, asked: 0 };
  const errors: TransportError[] = [];
  const check = createDigestCheck({
    channel: 'presence-board-x',
    server: {
      digest: async () => {
        state.asked += 1;
        return answer();
      },
    },
    position,
    digest: () => 'mine',
    isSettled: () => state.settled,
    onMismatch: (error) => errors.push(error),
    onSurplus: (error) => errors.push(error),
    clock,
    random: () => 0.5,
  });
  const occasion = async (): Promise<void> => {
    check.consider();
    clock.advance(3_000);
    await settle();
  };
  return { clock, position, state, errors, check, occasion };
};

describe('digest check', () => {
  it('F6: reports a mismatch, and asks only when there was reason to', async () => {
    const { check, occasion, errors, state } = rig(() => ({ epoch: 'e', head: 5, digest: 'theirs' }));
    await occasion();
    expect(state.asked).toBe(0);
    check.arm();
    await occasion();
    expect([state.asked, errors.map(({ code }) => code)]).toEqual([1, ['diverged']]);
    await occasion();
    expect([state.asked, errors.map(({ code }) => code)]).toEqual([2, ['diverged', 'surplus']]);
    await occasion();
    expect(state.asked).toBe(2);
  });

  it('F6: says nothing when both have the same, and asks at most every ten minutes', async () => {
    const { check, occasion, errors, state, clock } = rig(() => ({ epoch: 'e', head: 5, digest: 'mine' }));
    check.arm();
    await occasion();
    check.arm();
    await occasion();
    expect([state.asked, errors]).toEqual([1, []]);
    clock.advance(10 * 60_000);
    await occasion();
    expect(state.asked).toBe(2);
  });

  it.each<[string, DigestAnswer]>([
    ['another head', { epoch: 'e', head: 6, digest: 'theirs' }],
    ['another history', { epoch: 'f', head: 5, digest: 'theirs' }],
  ])(
    'F6: draws no conclusion from the digest of %s, and asks again at the next occasion',
    async (_, answer) => {
      const { check, occasion, errors, state } = rig(() => answer);
      check.arm();
      await occasion();
      await occasion();
      expect([state.asked, errors]).toEqual([2, []]);
    },
  );

  it('F6: waits until the page is level, and for an answer that did not come until the next occasion', async () => {
    const { check, occasion, errors, state, clock } = rig(() => {
      throw new TransportError('unreachable', 'not now');
    });
    check.arm();
    state.settled = false;
    await occasion();
    expect(state.asked).toBe(0);
    state.settled = true;
    await occasion();
    expect([state.asked, errors, clock.waiting]).toEqual([1, [], 0]);
    await occasion();
    expect(state.asked).toBe(2);
  });
});
