import type { Sequence, SessionId } from '@inkwire/core';

/**
 * Where a client stands in a channel's log.
 *
 * `synced` is contiguous: everything up to it is in the document. What is known beyond it waits here until it is.
 */
export interface LogPosition {
  /** The history that sequences count in; empty before the first read. */
  readonly epoch: string;
  readonly synced: Sequence;
  /** The newest sequence that anybody mentioned. */
  readonly head: Sequence;
  /** The last `n` of a session that is in the document; 0 for none. */
  present(session: SessionId): number;
  /** The last `n` of a session that is known to be in the log; 0 for none. */
  logged(session: SessionId): number;

  /** The last `n` of each session that is in the document. */
  sessions(): readonly (readonly [session: SessionId, n: number])[];

  /** Another history began: nothing is known of it yet. What is in the document stays there. */
  restart(epoch: string): void;
  /** What is in the document is not what it was thought to be: the log has to be read from its start. */
  reread(): void;
  /** Entry `n` of `session` is in the document. */
  notePresent(session: SessionId, n: number): void;
  /** The document no longer has entry `n` of `session`, nor what follows it. */
  noteAbsent(session: SessionId, n: number): void;
  /** The log has entry `n` of `session` at `seq`. */
  noteLogged(seq: Sequence, session: SessionId, n: number): void;
  /** The log has everything up to `n` of `session`, somewhere. */
  noteSession(session: SessionId, n: number): void;
  /** The log turned out to have entries of `session` only up to `n`. */
  lowerLogged(session: SessionId, n: number): void;
  /** Everything up to `seq` has been read from the log and is in the document. */
  noteRead(seq: Sequence): void;
  /** Somebody mentioned `head`. */
  noteHead(head: Sequence): void;
  /** Whether another history took the place of one that was known, as when the server was restored from a backup (L7). */
  readonly replaced: boolean;
  /** Whether the log is known to have something that the document has not. */
  readonly behind: boolean;
}

/** The most entries beyond `synced` that are remembered; further ones are read from the log instead. */
const MAX_AHEAD = 10_000;

export const createLogPosition = (): LogPosition => {
  let epoch = '';
  let replaced = false;
  let synced = 0 as Sequence;
  let head = 0 as Sequence;
  const present = new Map<SessionId, number>();
  const logged = new Map<SessionId, number>();
  const ahead = new Map<Sequence, readonly [SessionId, number]>();

  const raise = (map: Map<SessionId, number>, session: SessionId, n: number): void => {
    if (n > (map.get(session) ?? 0)) map.set(session, n);
  };

  const advance = (): void => {
    for (;;) {
      const next = (synced + 1) as Sequence;
      const entry = ahead.get(next);
      if (!entry || (present.get(entry[0]) ?? 0) < entry[1]) return;
      ahead.delete(next);
      synced = next;
    }
  };

  const noteHead = (seq: Sequence): void => {
    if (seq > head) head = seq;
  };

  return {
    get epoch() {
      return epoch;
    },
    get synced() {
      return synced;
    },
    get head() {
      return head;
    },
    get behind() {
      return head > synced;
    },
    present: (session) => present.get(session) ?? 0,
    logged: (session) => logged.get(session) ?? 0,
    sessions: () => [...present],
    get replaced() {
      return replaced;
    },
    restart: (next) => {
      replaced ||= epoch !== '' && epoch !== next;
      epoch = next;
      synced = 0 as Sequence;
      head = 0 as Sequence;
      logged.clear();
      ahead.clear();
    },
    reread: () => {
      synced = 0 as Sequence;
      present.clear();
      ahead.clear();
    },
    notePresent: (session, n) => {
      raise(present, session, n);
      advance();
    },
    noteAbsent: (session, n) => {
      if (n <= (present.get(session) ?? 0)) present.set(session, n - 1);
    },
    noteLogged: (seq, session, n) => {
      raise(logged, session, n);
      noteHead(seq);
      if (seq > synced && ahead.size < MAX_AHEAD) ahead.set(seq, [session, n]);
      advance();
    },
    noteSession: (session, n) => {
      raise(logged, session, n);
      raise(present, session, n);
    },
    lowerLogged: (session, n) => {
      if (n < (logged.get(session) ?? 0)) logged.set(session, n);
    },
    noteRead: (seq) => {
      if (seq <= synced) return;
      synced = seq;
      noteHead(seq);
      for (const known of ahead.keys()) if (known <= synced) ahead.delete(known);
      advance();
    },
    noteHead,
  };
};
