import { type AppendAnswer, type Entry, type Sequence, sessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { TransportError } from '../transport-error.js';
import { type AppenderOptions, createAppender } from './appender.js';
import { createKeptEntries } from './kept-entries.js';
import { createLogPosition } from './log-position.js';
import { createOutbox } from './outbox.js';
import type { ServerClient } from './server-client.js';
import { memoryStore } from './store.js';

const SESSION = sessionId('aaaaaaaaaaaa');

const NO_ORPHANS: AppenderOptions['adoption'] = { has: () => false, refuse: () => {}, waiting: 0 };

const start = (append: ServerClient['append'], adoption = NO_ORPHANS) => {
  const clock = createManualClock();
  const position = createLogPosition();
  position.restart('epoch');
  const kept = createKeptEntries(position, clock);
  const store = memoryStore({
    channel: 'presence-board-demo',
    session: SESSION,
    client: () => 1,
    position,
    content: () => new Uint8Array(0),
  });
  const outbox = createOutbox({ session: SESSION, store, onSealed: kept.add, onSevered: kept.replace });
  const errors: string[] = [];
  const surplus: Entry[] = [];
  let settled = (): void => {};
  const appender = createAppender({
    channel: 'presence-board-demo',
    session: SESSION,
    server: { append } as unknown as ServerClient,
    position,
    kept,
    outbox,
    adoption,
    clock,
    random: () => 0.5,
    mayAppend: () => true,
    onRejected: () => {},
    onReread: () => {},
    onSurplus: (entries) => surplus.push(...entries),
    onAnswer: (answer) => {
      for (const [of, n, seq] of answer.entries) position.noteLogged(seq, of, n);
    },
    onChange: () => settled(),
    onError: ({ code }) => errors.push(code),
  });
  outbox.setKey(new Uint8Array(32));
  return {
    clock,
    position,
    kept,
    outbox,
    appender,
    errors,
    surplus,
    /** Lets `ms` pass, and waits for what comes of it. */
    pass: async (ms: number): Promise<void> => {
      const change = new Promise<void>((resolve) => {
        settled = resolve;
      });
      clock.advance(ms);
      await change;
    },
  };
};

const answer = (entries: readonly Entry[]): AppendAnswer => ({
  epoch: 'epoch',
  head: entries.length as Sequence,
  entries: entries.map(({ session, n }) => [session, n, n as Sequence]),
});

describe('appender', () => {
  it('F3: an append whose answer got lost is repeated, though a receipt says that the log has it', async () => {
    const requests: number[] = [];
    const { position, outbox, appender, pass } = start(async (_, entries) => {
      requests.push(entries.length);
      if (requests.length > 1) return answer(entries);
      // The log has it, and says so to everybody; only the answer does not arrive.
      position.noteLogged(1 as Sequence, SESSION, 1);
      throw new TransportError('unreachable', 'The answer got lost.');
    });
    outbox.add(new Uint8Array([0, 0]));
    appender.run();
    await pass(100);
    expect(outbox.size).toBe(1);
    await pass(2_000);
    expect(requests).toEqual([1, 1]);
    expect(outbox.size).toBe(0);
    appender.stop();
  });

  it('F3: a request that is too large for something on the way is made smaller until it passes', async () => {
    const requests: number[] = [];
    const { outbox, appender, errors, pass } = start(async (_, entries) => {
      requests.push(entries.length);
      if (entries.length > 2) throw new TransportError('http_413', 'Too large.', { status: 413 });
      return answer(entries);
    });
    for (let count = 0; count < 5; count += 1) outbox.add(new Uint8Array([0, 0]));
    appender.run();
    for (const ms of [100, 2_000, 4_000]) await pass(ms);
    expect(requests).toEqual([5, 3, 2]);
    await pass(100);
    await pass(100);
    expect(requests).toEqual([5, 3, 2, 2, 1]);
    expect([outbox.size, errors]).toEqual([0, []]);
    appender.stop();
  });

  it.each([
    ['seal', 1],
    ['forbidden', 1],
    ['gap', 0],
    ['session_unknown', 1],
    ['session_unknown', 0, 'restored'],
  ])(
    'F9: what somebody showed and the log refuses by %s is taken away, if it was wrong to show it',
    async (code, taken, epoch = 'epoch') => {
      const other = { session: sessionId('bbbbbbbbbbbb'), n: 7, update: new Uint8Array([0, 0]) };
      const { clock, position, kept, outbox, appender, errors, surplus, pass } = start(async (_, entries) => {
        if (!entries.some(({ session }) => session === other.session)) return answer(entries);
        const error = { code, message: 'No.', session: other.session, n: other.n };
        throw new TransportError(code, 'No.', { status: 409, answer: { ...answer([]), error } });
      });
      position.restart(epoch);
      kept.add({ ...other, seal: new Uint8Array(16) });
      clock.advance(2_000);
      outbox.add(new Uint8Array([0, 0]));
      appender.run();
      await pass(100);
      expect([surplus.length, errors]).toEqual([taken, ['witness']]);
      await pass(2_000);
      expect(outbox.size).toBe(0);
      appender.stop();
    },
  );

  it('F5: what an earlier visit made and the log refuses holds up nothing, and is not taken away', async () => {
    const other = { session: sessionId('bbbbbbbbbbbb'), n: 7, update: new Uint8Array([0, 0]) };
    const refusals: string[] = [];
    const { kept, outbox, appender, errors, surplus, pass } = start(
      async (_, entries) => {
        if (!entries.some(({ session }) => session === other.session)) return answer(entries);
        const error = { code: 'gap', message: 'No.', session: other.session, n: other.n, expected: 3 };
        throw new TransportError('gap', 'No.', { status: 409, answer: { ...answer([]), error } });
      },
      {
        has: (session) => session === other.session,
        refuse: (session, reason) => refusals.push(`${session}: ${reason}`),
        waiting: 0,
      },
    );
    kept.add({ ...other, seal: new Uint8Array(16) });
    outbox.add(new Uint8Array([0, 0]));
    appender.run();
    await pass(100);
    expect(refusals).toEqual([`${other.session}: No.`]);
    await pass(2_000);
    expect([outbox.size, surplus, errors]).toEqual([0, [], []]);
    appender.stop();
  });
});
