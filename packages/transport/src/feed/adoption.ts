import type { Entry, SessionId } from '@inkwire/core';
import { fromBase64 } from 'lib0/buffer';
import type { Clock } from '../clock.js';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';
import { createJob } from './job.js';
import type { KeptEntries } from './kept-entries.js';
import type { LogPosition } from './log-position.js';
import type { Replica } from './reader.js';
import { salvage } from './salvage.js';
import { sealOf } from './seal.js';
import type { ServerClient } from './server-client.js';
import type { Orphan, Store } from './store.js';

export interface AdoptionOptions {
  readonly channel: string;
  readonly store: Store;
  readonly server: ServerClient;
  readonly position: LogPosition;
  readonly kept: KeptEntries;
  readonly replica: Pick<Replica, 'clockOf'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether everything that the log is known to have is in the document. */
  readonly isLevel: () => boolean;
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
  /** The server will not take what `session` still has to hand in, since `reason`. */
  refuse(session: SessionId, reason: string): void;
  /** Entries of others' making, and yet this person's, that the log has not confirmed. */
  readonly waiting: number;
  readonly failures: number;
  stop(): void;
}

/** Whoever made what an orphan builds on, or has seen it, may take this long to hand it in. */
const CAUSES_MS = 60_000;

/** The entries of one orphan, and how more of its session get theirs. */
interface Sealed {
  readonly entries: readonly Entry[];
  readonly seal: (entry: Pick<Entry, 'n' | 'update'>) => Uint8Array;
}

export const createAdoption = (options: AdoptionOptions): Adoption => {
  const { channel, store, server, position, kept, clock, isLevel, onChange, onError } = options;
  const orphans = new Map<SessionId, Orphan>();
  const unsealed = new Set<SessionId>();
  const sealed = new Map<SessionId, Sealed>();
  /** The ways to call off the rescue of sessions whose causes have not come. */
  const rescues = new Map<SessionId, () => void>();
  let stopped = false;

  /** The session's own key gives its entries their seals: the same ones, if they had them. */
  const seal = async ({ session, client, entries }: Orphan): Promise<void> => {
    const { sealKey } = await server.join(channel, { session, client });
    const key = fromBase64(sealKey);
    const sealBy: Sealed['seal'] = ({ n, update }) => sealOf(key, n, update);
    const own = entries.map(({ n, update }): Entry => ({ session, n, update, seal: sealBy({ n, update }) }));
    for (const entry of own) if (entry.n <= position.present(session)) kept.add(entry);
    kept.reseal(session, sealBy);
    sealed.set(session, { entries: own, seal: sealBy });
    offerMissing();
  };

  const missing = (session: SessionId): Entry[] =>
    sealed.get(session)?.entries.filter(({ n }) => n > position.present(session)) ?? [];

  /** Offers what is not in the document: what it builds on may have come meanwhile. */
  const offerMissing = (): void => {
    for (const session of sealed.keys()) for (const entry of missing(session)) options.offer(entry);
    for (const session of [...sealed.keys(), ...rescues.keys()]) watchOver(session);
  };

  const watchOver = (session: SessionId): void => {
    if (missing(session).length === 0) {
      rescues.get(session)?.();
      rescues.delete(session);
    } else if (isLevel() && !rescues.has(session) && !stopped)
      rescues.set(
        session,
        clock.after(CAUSES_MS, () => rescue(session)),
      );
  };

  /** Nobody has brought what an orphan builds on: what can be without it is handed in. */
  const rescue = (session: SessionId): void => {
    rescues.delete(session);
    const own = sealed.get(session);
    if (!own || !isLevel()) return;
    const late = missing(session);
    const left = salvage(late, { clockOf: options.replica.clockOf, seal: own.seal });
    void store.addOwn(left.filter((entry, index) => entry !== late[index]));
    sealed.set(session, {
      ...own,
      entries: [...own.entries.filter((entry) => !late.includes(entry)), ...left],
    });
    for (const entry of left) options.offer(entry);
    if (missing(session).length > 0) refuse(session, 'they build on what is not there any more.');
    else
      onError(
        new TransportError(
          'orphan',
          'Changes of an earlier visit build on others that nobody saved: what can be without those is saved now.',
        ),
      );
    options.onDone();
    onChange();
  };

  /** It stays in the store: what the server refuses today it may take when rights are given back. */
  const refuse = (session: SessionId, reason: string): void => {
    orphans.delete(session);
    sealed.delete(session);
    onError(new TransportError('orphan', `Changes of an earlier visit cannot be saved: ${reason}`));
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
        refuse(session, failure.message);
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
    clock,
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
    refuse,
    get waiting() {
      let count = 0;
      for (const [session, { entries }] of orphans)
        count += entries.filter(({ n }) => n > position.logged(session)).length;
      return count;
    },
    get failures() {
      return job.failures;
    },
    stop: () => {
      // A read that is under way may still bring something.
      stopped = true;
      job.stop();
      for (const cancel of rescues.values()) cancel();
      rescues.clear();
    },
  };
};
