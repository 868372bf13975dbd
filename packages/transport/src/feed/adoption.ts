import type { Entry, SessionId } from '@inkwire/core';
import { fromBase64 } from 'lib0/buffer';
import type { Clock } from '../clock.js';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';
import { createJob } from './job.js';
import type { KeptEntries } from './kept-entries.js';
import type { LogPosition } from './log-position.js';
import { sealOf } from './seal.js';
import type { ServerClient } from './server-client.js';
import type { Orphan, Store } from './store.js';

export interface AdoptionOptions {
  readonly channel: string;
  readonly store: Store;
  readonly server: ServerClient;
  readonly position: LogPosition;
  readonly kept: KeptEntries;
  readonly clock: Clock;
  readonly random: () => number;
  /** An entry that is not in the document yet. */
  readonly offer: (entry: Entry) => void;
  /** Every orphan that could be found is on its way to the log. */
  readonly onDone: () => void;
  readonly onChange: () => void;
  readonly onError: (error: TransportError) => void;
}

/** Hands in what tabs that are gone could not (F5). */
export interface Adoption {
  /** Looks for orphans; retries by itself what a bad connection prevents. */
  run(): void;
  hurry(): void;
  has(session: SessionId): boolean;
  /** Looks which entries the log has by now. */
  settle(): void;
  /** Entries of others' making, and yet this person's, that the log has not confirmed. */
  readonly waiting: number;
  readonly failures: number;
  stop(): void;
}

export const createAdoption = (options: AdoptionOptions): Adoption => {
  const { channel, store, server, position, kept, onChange, onError } = options;
  const orphans = new Map<SessionId, Orphan>();
  const unsealed = new Set<SessionId>();
  const sealed = new Map<SessionId, readonly Entry[]>();

  /** The session's own key gives its entries their seals: the same ones, if they had them. */
  const seal = async ({ session, client, entries }: Orphan): Promise<void> => {
    const { sealKey } = await server.join(channel, { session, client });
    const key = fromBase64(sealKey);
    const sealBy = ({ n, update }: { n: number; update: Uint8Array }): Uint8Array => sealOf(key, n, update);
    const own = entries.map(({ n, update }): Entry => ({ session, n, update, seal: sealBy({ n, update }) }));
    for (const entry of own) if (entry.n <= position.present(session)) kept.add(entry);
    kept.reseal(session, sealBy);
    sealed.set(session, own);
    offerMissing();
  };

  /** Offers what is not in the document: what it builds on may have come meanwhile. */
  const offerMissing = (): void => {
    for (const [session, entries] of sealed)
      for (const entry of entries) if (entry.n > position.present(session)) options.offer(entry);
  };

  const work = async (): Promise<void> => {
    for (const orphan of await store.adopt()) {
      orphans.set(orphan.session, orphan);
      unsealed.add(orphan.session);
    }
    onChange();
    for (const session of unsealed) {
      const orphan = orphans.get(session);
      try {
        if (orphan) await seal(orphan);
      } catch (error) {
        const failure = toTransportError(error);
        if (isTemporary(failure) || failure.status === 401) throw failure;
        // It stays in the store: what the server refuses today it may take when rights are given back.
        orphans.delete(session);
        onError(
          new TransportError('orphan', `Changes of an earlier visit cannot be saved: ${failure.message}`),
        );
      }
      unsealed.delete(session);
    }
    settle();
    options.onDone();
  };

  const settle = (): void => {
    for (const [session, { entries }] of orphans) {
      const logged = position.logged(session);
      if (logged < (entries[0]?.n ?? 0)) continue;
      store.confirm(session, logged);
      if (logged < (entries.at(-1)?.n ?? 0)) continue;
      orphans.delete(session);
      sealed.delete(session);
    }
    offerMissing();
  };

  const job = createJob({
    work,
    clock: options.clock,
    random: options.random,
    onFailure: (error) => {
      onChange();
      const failure = toTransportError(error);
      if (failure.status === 401) onError(failure);
      return failure.retryAfterMs;
    },
  });

  return {
    run: () => job.run(),
    hurry: () => job.hurry(),
    has: (session) => orphans.has(session) && !unsealed.has(session),
    settle,
    get waiting() {
      let count = 0;
      for (const [session, { entries }] of orphans)
        count += entries.filter(({ n }) => n > position.logged(session)).length;
      return count;
    },
    get failures() {
      return job.failures;
    },
    stop: () => job.stop(),
  };
};
