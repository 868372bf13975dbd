import type { AppendAnswer, Entry, RefusedEntry, SessionId } from '@inkwire/core';
import type { Clock } from '../clock.js';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';
import type { Adoption } from './adoption.js';
import { createJob } from './job.js';
import type { KeptEntries } from './kept-entries.js';
import type { LogPosition } from './log-position.js';
import type { Outbox } from './outbox.js';
import type { ServerClient } from './server-client.js';

export interface AppenderOptions {
  readonly channel: string;
  readonly session: SessionId;
  readonly server: ServerClient;
  readonly position: LogPosition;
  readonly kept: KeptEntries;
  readonly outbox: Outbox;
  readonly adoption: Pick<Adoption, 'has' | 'refuse' | 'waiting'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether this session may append now. */
  readonly mayAppend: () => boolean;
  /** The server no longer knows this session's key or rights: it has to join again. */
  readonly onRejected: (error: TransportError) => void;
  /** What is in the log is not what it was thought to be: it has to be read from its start. */
  readonly onReread: () => void;
  /** The document has entries of others that the log will never have. */
  readonly onSurplus: (entries: readonly Entry[]) => void;
  readonly onAnswer: (answer: AppendAnswer) => void;
  readonly onChange: () => void;
  readonly onError: (error: TransportError) => void;
}

/** Hands in what the log has not, until it has it (F3, F9). */
export interface Appender {
  /** There is something new to append; what comes within the next moments goes with it. */
  run(): void;
  /** Tries now what is waiting for its next try. */
  hurry(): void;
  /** Hands in what one last request can carry; resolves when it is answered or given up. */
  flush(): Promise<void>;
  /** Own changes that cannot be stored until somebody changes something. */
  readonly refused: TransportError | null;
  readonly failures: number;
  stop(): void;
}

/** What comes within this time goes in one request. */
const BATCH_MS = 30;

/** Entries of others go with own ones when they are older than this: by then their authors' own request has failed. */
const OTHERS_AGE_MS = 1_500;

/** Without a receipt for this long, plus up to as long again, an entry is handed in by whoever holds it. */
const WITNESS_MS = 10_000;

/** The most that a request that outlives its page may carry. */
const FINAL_BYTES = 48 << 10;

/** Refusals that say that an entry should never have been made. */
const FORGED = new Set(['seal', 'forbidden', 'client_taken', 'undecodable', 'too_large']);

export const createAppender = (options: AppenderOptions): Appender => {
  const { channel, session, server, position, kept, outbox, adoption, clock, random } = options;
  const { mayAppend, onRejected, onReread, onSurplus, onAnswer, onChange, onError } = options;
  let refused: TransportError | null = null;
  let withCauses = false;
  let most = Number.POSITIVE_INFINITY;
  let handedIn = 0;
  let stopped = false;
  let cancelWitness: (() => void) | null = null;

  const isOwn = (entry: { session: SessionId }): boolean => entry.session === session;

  const isUnsaved = (): boolean => outbox.size + adoption.waiting > 0;

  const nextBatch = (): Entry[] => {
    const least = withCauses ? 0 : OTHERS_AGE_MS;
    return kept
      .unlogged((entry, age) => isOwn(entry) || adoption.has(entry.session) || age >= least)
      .slice(0, most);
  };

  const take = (answer: AppendAnswer): void => {
    for (const [of, n] of answer.entries) if (of === session) outbox.confirm(n);
    onAnswer(answer);
  };

  const work = async (): Promise<void> => {
    if (!mayAppend() || refused) return;
    await outbox.stored();
    let batch = nextBatch();
    if (batch.length === 0 && outbox.size > 0) {
      // The log is said to have it, but the answer got lost: only an answer empties the outbox (F3).
      position.lowerLogged(session, outbox.last - outbox.size);
      batch = nextBatch();
    }
    if (batch.length === 0) return;
    handedIn = batch.length;
    try {
      take(await server.append(channel, batch));
    } catch (error) {
      const failure = toTransportError(error);
      if (failure.answer) take(failure.answer);
      throw failure;
    }
    withCauses = false;
    onChange();
    if (isUnsaved()) job.run(BATCH_MS);
    watch();
  };

  /** Decides what follows from a refusal; returns whether to try again by itself. */
  const settle = (error: TransportError, entry: RefusedEntry | undefined): boolean => {
    if (isTemporary(error)) return true;
    if (entry?.code === 'gap' && kept.has(entry.session, entry.expected ?? 0)) {
      position.lowerLogged(entry.session, (entry.expected ?? 1) - 1);
      return true;
    }
    if (entry?.code === 'causes_missing' && !withCauses) {
      withCauses = true;
      onReread();
      return true;
    }
    if (entry && !isOwn(entry)) {
      if (adoption.has(entry.session)) {
        kept.forget(entry.session, entry.n);
        adoption.refuse(entry.session, entry.message);
        return true;
      }
      // Somebody showed us what they had no right to store, or what their page never finished handing in.
      const givenUp = kept.forget(entry.session, entry.n);
      // A restored server need not know a session that it knew before (L7).
      const isForged = FORGED.has(entry.code) || (entry.code === 'session_unknown' && !position.replaced);
      if (isForged) onSurplus(givenUp);
      const consequence = isForged
        ? 'it is taken away; reload the page to see nothing but the log'
        : 'it stays here';
      onError(
        new TransportError(
          'witness',
          `The server refuses what somebody showed, so ${consequence}: ${entry.message}`,
        ),
      );
      return true;
    }
    if (error.status === 413 && !entry && handedIn > 1) {
      // Something on the way takes less than the server does.
      most = Math.ceil(handedIn / 2);
      return true;
    }
    if (error.code === 'unauthenticated') {
      onError(error);
      return true;
    }
    if (error.code === 'seal' || error.code === 'forbidden') {
      onRejected(error);
      return error.code === 'seal';
    }
    refused = error;
    onError(error);
    return false;
  };

  const job = createJob({
    work,
    clock,
    random,
    onFailure: (error) => {
      const failure = toTransportError(error);
      const again = settle(failure, failure.answer?.error);
      onChange();
      return again ? failure.retryAfterMs : null;
    },
  });

  /** Looks again when the oldest entry without a receipt has waited too long. */
  const watch = (): void => {
    if (cancelWitness || stopped || !mayAppend()) return;
    const age = kept.oldestUnlogged();
    if (age === null) return;
    cancelWitness = clock.after(Math.max(0, WITNESS_MS - age) + random() * WITNESS_MS, () => {
      cancelWitness = null;
      if ((kept.oldestUnlogged() ?? 0) >= WITNESS_MS) job.run();
      watch();
    });
  };

  return {
    run: () => {
      watch();
      if (isUnsaved()) job.run(BATCH_MS);
    },
    hurry: () => {
      refused = null;
      if (kept.oldestUnlogged() !== null) job.hurry();
    },
    flush: async () => {
      if (!mayAppend() || refused) return;
      let size = 0;
      const batch = kept.unlogged((entry) => {
        size += entry.update.length + 40;
        return size <= FINAL_BYTES;
      });
      if (batch.length > 0) await server.append(channel, batch, true).then(take, () => {});
    },
    get refused() {
      return refused;
    },
    get failures() {
      return job.failures;
    },
    stop: () => {
      // An answer that is under way may still arrive.
      stopped = true;
      job.stop();
      cancelWitness?.();
      cancelWitness = null;
    },
  };
};
