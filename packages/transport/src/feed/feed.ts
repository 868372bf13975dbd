import type { AppendAnswer, SessionId } from '@inkwire/core';
import { fromBase64 } from 'lib0/buffer';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';
import { createAdoption } from './adoption.js';
import { createAppender } from './appender.js';
import { createDigestCheck } from './digest-check.js';
import type { Access, Feed, FeedOptions } from './feed-port.js';
import { createGate } from './gate.js';
import { createJob } from './job.js';
import { createKeptEntries } from './kept-entries.js';
import { createLogPosition } from './log-position.js';
import { createOutbox } from './outbox.js';
import { readLog } from './reader.js';
import { openStored } from './restore.js';
import { sealOf } from './seal.js';
import { rangesOf } from './update-parts.js';

/** A frame may be so late after the receipt of what it carries; in a crowd frames are rare and reads are bundled instead. */
const FRAME_GRACE_MS = [100, 1_000] as const;

export const createFeed = (options: FeedOptions): Feed => {
  const { channel, session, server, replica, clock, random, onChange } = options;
  const position = createLogPosition();
  const kept = createKeptEntries(position, clock);
  const shared = { channel, server, position, kept, clock, random };
  const store = options.store({ ...shared, session, client: options.client, content: replica.content });
  let access: Access = 'unknown';
  let opened = false;
  let joined = false;
  let read = false;
  let reported = new Set<string>();
  /** From which `n` on a session's entries were taken out of the document. */
  const takenAway = new Map<SessionId, number>();

  const report = (error: TransportError): void => {
    if (reported.has(error.code)) return;
    reported.add(error.code);
    options.onError(error);
  };

  const onFailure = (error: unknown): number | null => {
    const failure = toTransportError(error);
    if (failure.code === 'forbidden') access = 'none';
    if (!isTemporary(failure)) report(failure);
    onChange();
    // Whoever may not, or asks for what there is not, waits until somebody does something about it.
    return failure.status === 403 || failure.status === 404 ? null : failure.retryAfterMs;
  };

  const outbox = createOutbox({
    session,
    store,
    onSealed: (entry) => {
      kept.add(entry);
      options.onOwnEntry(entry);
    },
    onSevered: kept.replace,
  });

  const join = createJob({
    clock,
    random,
    work: async () => {
      const answer = await server.join(channel, { session, client: options.client() });
      const key = fromBase64(answer.sealKey);
      joined = true;
      access = answer.role;
      reported = new Set();
      kept.reseal(session, ({ n, update }) => sealOf(key, n, update));
      outbox.setKey(key);
      appender.run();
      onChange();
    },
    onFailure,
  });

  const pull = createJob({
    clock,
    random,
    work: async () => {
      await readLog({
        ...shared,
        replica,
        onWriters: options.onWriters,
        onApplied: (entries) => {
          store.addRemote(entries);
          if (entries.some(({ session: of, n }) => n >= (takenAway.get(of) ?? Number.POSITIVE_INFINITY)))
            options.onError(
              new TransportError('diverged', 'The log has got what was taken away here: reload the page.'),
            );
          grown();
        },
        onSnapshot: () => {
          store.keepWhole();
          grown();
        },
      });
      read = true;
      adoption.settle();
      reported.delete('unauthenticated');
      digests.consider();
      onChange();
    },
    onFailure,
  });

  const gate = createGate({
    present: position.present,
    hasCauses: replica.hasCauses,
    apply: (entry) => {
      replica.apply([entry.update]);
      position.notePresent(entry.session, entry.n);
      kept.add(entry);
      store.addRemote([entry]);
    },
    onInvalid: (entry) =>
      options.onError(
        new TransportError('undecodable', `Entry ${entry.n} of ${entry.session} is no update.`),
      ),
    clock,
  });

  const adoption = createAdoption({
    ...shared,
    store,
    replica,
    isLevel: () => read && !position.behind,
    offer: (entry) => gate.offer(entry),
    // Own changes may build on what is adopted, so it goes first.
    onDone: () => (joined ? appender.run() : join.hurry()),
    onChange,
    onError: report,
  });

  const appender = createAppender({
    ...shared,
    session,
    outbox,
    adoption,
    mayAppend: () => joined && access === 'write',
    onRejected: (error) => {
      if (error.code === 'forbidden') report(error);
      joined = false;
      join.hurry();
    },
    onReread: () => pull.hurry(),
    onSurplus: (entries) => {
      const gone = entries.flatMap(({ update }) => rangesOf(update));
      for (const entry of entries) {
        takenAway.set(entry.session, Math.min(entry.n, takenAway.get(entry.session) ?? entry.n));
        // Should its author be given back the right to it, the log will bring it.
        position.noteAbsent(entry.session, entry.n);
      }
      replica.takeAway([...gone, ...outbox.sever(gone)]);
      store.distrust();
    },
    onAnswer: (answer: AppendAnswer) => {
      reported = new Set();
      note(answer);
    },
    onChange,
    onError: report,
  });

  const digests = createDigestCheck({
    ...shared,
    digest: replica.digest,
    isSettled: () =>
      read &&
      !position.behind &&
      outbox.size + adoption.waiting + gate.waiting === 0 &&
      kept.oldestUnlogged() === null,
    onMismatch: (error) => {
      options.onError(error);
      position.reread();
      pull.hurry();
    },
    // It stays, here and in the browser: after a loss at the server it may be the last copy.
    onSurplus: options.onError,
  });

  /** Takes what the server says about the log, and reads it where something is missing. */
  const note = ({ epoch, head, entries }: AppendAnswer): void => {
    // Before the first read nothing can be counted, and the read will bring it anyway.
    if (position.epoch === '') return;
    if (epoch !== position.epoch) {
      pull.run();
      return;
    }
    for (const [of, n, seq] of entries) position.noteLogged(seq, of, n);
    position.noteHead(head);
    adoption.settle();
    if (position.behind)
      pull.run(Math.max(FRAME_GRACE_MS[0], Math.min(FRAME_GRACE_MS[1], options.frameSpacing())));
    else pull.cancelRun();
    onChange();
  };

  /** The document has got more of the log: what waited for that is applied, and may need a witness (F9). */
  const grown = (): void => {
    gate.retry();
    adoption.settle();
    appender.run();
  };

  /** Opens what earlier pages left, at once and without the network; the log is read after that. */
  const open = async (): Promise<void> => {
    const failure = await openStored(store, { replica, position, kept });
    if (failure) report(failure);
    opened = true;
    if (position.synced > 0) digests.arm();
    adoption.run();
    pull.run();
    onChange();
  };
  void open();

  return {
    submit: (update) => {
      outbox.add(update);
      position.notePresent(session, outbox.last);
      appender.run();
      onChange();
    },
    receive: (entries) => {
      for (const entry of entries) if (entry.session !== session) gate.offer(entry);
      if (!position.behind) pull.cancelRun();
      appender.run();
      onChange();
    },
    receipt: ({ epoch, head, entries }) =>
      note({ epoch, head, entries: entries.map(([seq, of, n]) => [of, n, seq] as const) }),
    heard: (epoch, synced) => note({ epoch, head: synced, entries: [] }),
    refresh: () => {
      if (!opened) return;
      // Only a page that has missed something, or that opened what it had kept, can be wrong.
      if (read) digests.arm();
      if (joined && access !== 'write') join.hurry();
      adoption.hurry();
      pull.hurry();
      appender.hurry();
    },
    rejoin: () => {
      joined = false;
      join.hurry();
    },
    flush: () => appender.flush(),
    get access() {
      return access;
    },
    get epoch() {
      return position.epoch;
    },
    get synced() {
      return position.synced;
    },
    get waiting() {
      return outbox.size + adoption.waiting;
    },
    get reachable() {
      const failures = adoption.failures + join.failures + appender.failures;
      const failed = failures > 0 || appender.refused !== null;
      return !failed && access !== 'none' && access !== 'read';
    },
    get level() {
      return read && !position.behind;
    },
    get durable() {
      return store.durable;
    },
    stop: () => {
      digests.stop();
      adoption.stop();
      join.stop();
      pull.stop();
      appender.stop();
      return store.close();
    },
  };
};
