import { type AppendAnswer, type Entry, type Sequence, sessionId } from '@inkwire/core';
import { expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { TransportError } from '../transport-error.js';
import { createAppender } from './appender.js';
import { createKeptEntries } from './kept-entries.js';
import { createLogPosition } from './log-position.js';
import { createOutbox } from './outbox.js';
import type { ServerClient } from './server-client.js';
import { memoryStore } from './store.js';

const SESSION = sessionId('aaaaaaaaaaaa');

it('F3: an append whose answer got lost is repeated, though a receipt says that the log has it', async () => {
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
  const requests: number[] = [];
  let settled = (): void => {};

  const append = async (_: string, entries: readonly Entry[]): Promise<AppendAnswer> => {
    requests.push(entries.length);
    if (requests.length === 1) {
      // The log has it, and says so to everybody; only the answer does not arrive.
      position.noteLogged(1 as Sequence, SESSION, 1);
      throw new TransportError('unreachable', 'The answer got lost.');
    }
    return { epoch: 'epoch', head: 1 as Sequence, entries: [[SESSION, 1, 1 as Sequence]] };
  };
  const appender = createAppender({
    channel: 'presence-board-demo',
    session: SESSION,
    server: { append } as unknown as ServerClient,
    position,
    kept,
    outbox,
    adoption: { has: () => false, waiting: 0 },
    clock,
    random: () => 0.5,
    mayAppend: () => true,
    onRejected: () => {},
    onReread: () => {},
    onSurplus: () => {},
    onAnswer: () => {},
    onChange: () => settled(),
    onError: () => {},
  });
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      settled = resolve;
    });

  outbox.setKey(new Uint8Array(32));
  outbox.add(new Uint8Array([0, 0]));
  const failed = change();
  appender.run();
  clock.advance(100);
  await failed;
  expect(outbox.size).toBe(1);
  const answered = change();
  clock.advance(2_000);
  await answered;
  expect(requests).toEqual([1, 1]);
  expect(outbox.size).toBe(0);
  appender.stop();
});
