import { InkwireRefusal } from '../refusal.js';

/** What one user may do, per server process. */
export interface Limits {
  /** Entries appended in a second, over time; ten seconds' worth may come at once. Default 200. */
  readonly entriesPerSecond: number;
  /** Bytes of entries appended in a second, over time; ten seconds' worth may come at once. Default 1 MiB. */
  readonly bytesPerSecond: number;
  /**
   * Bytes of logs that a second of a user's reads by state vector and digests may make the server fold, over time; ten
   * seconds' worth may come at once. Default 8 MiB.
   */
  readonly foldedBytesPerSecond: number;
  /** Answers of logs that are on their way to a user at once, each of which holds up to some megabytes. Default 100. */
  readonly openReads: number;
  /** Boards that a user joined within the last five minutes. Default 100. */
  readonly openBoards: number;
  /** Bytes of a channel's newest snapshot and of the rows after it. Default 256 MiB. */
  readonly boardBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  entriesPerSecond: 200,
  bytesPerSecond: 1 << 20,
  foldedBytesPerSecond: 8 << 20,
  openReads: 100,
  openBoards: 100,
  boardBytes: 256 << 20,
};

const BURST_SECONDS = 10;
const OPEN_MS = 5 * 60_000;
const MOST_USERS = 10_000;

/** How much of each limit a user has left. A request may overdraw once; the next ones wait until that is paid back. */
export interface LimitGate {
  /** @throws {InkwireRefusal} `rate` */
  append(user: string, entries: number, bytes: number): void;
  /** @throws {InkwireRefusal} `rate` */
  fold(user: string, bytes: number): void;
  /**
   * Notes that an answer begins; returns what to call when it has ended.
   *
   * @throws {InkwireRefusal} `rate` when too many others are on their way
   */
  read(user: string): () => void;
  /** @throws {InkwireRefusal} `rate` when too many other boards are open */
  open(user: string, channel: string): void;
}

interface Account {
  entries: number;
  bytes: number;
  folded: number;
  reads: number;
  at: number;
  readonly boards: Map<string, number>;
}

export const createLimitGate = (limits: Limits, clock: () => number): LimitGate => {
  const accounts = new Map<string, Account>();

  const accountOf = (user: string): Account => {
    const now = clock();
    const account = accounts.get(user) ?? {
      entries: limits.entriesPerSecond * BURST_SECONDS,
      bytes: limits.bytesPerSecond * BURST_SECONDS,
      folded: limits.foldedBytesPerSecond * BURST_SECONDS,
      reads: 0,
      at: now,
      boards: new Map<string, number>(),
    };
    const seconds = Math.max(0, now - account.at) / 1_000;
    account.entries = refilled(account.entries, limits.entriesPerSecond, seconds);
    account.bytes = refilled(account.bytes, limits.bytesPerSecond, seconds);
    account.folded = refilled(account.folded, limits.foldedBytesPerSecond, seconds);
    account.at = now;
    // Least recently used first, so that the accounts dropped are of those who have been away longest.
    accounts.delete(user);
    accounts.set(user, account);
    const [oldest] = accounts.keys();
    if (accounts.size > MOST_USERS && oldest !== undefined) accounts.delete(oldest);
    return account;
  };

  return {
    append(user, entries, bytes) {
      const account = accountOf(user);
      const wait = Math.max(
        untilPaid(account.entries, limits.entriesPerSecond),
        untilPaid(account.bytes, limits.bytesPerSecond),
      );
      if (wait > 0)
        throw new InkwireRefusal('rate', 'You write faster than the limits allow: wait, then go on.', {
          retryAfterSeconds: Math.ceil(wait),
        });
      account.entries -= entries;
      account.bytes -= bytes;
    },
    fold(user, bytes) {
      const account = accountOf(user);
      const wait = untilPaid(account.folded, limits.foldedBytesPerSecond);
      if (wait > 0)
        throw new InkwireRefusal(
          'rate',
          'The server folds more logs for you than the limits allow: wait, then go on.',
          { retryAfterSeconds: Math.ceil(wait) },
        );
      account.folded -= bytes;
    },
    read(user) {
      const account = accountOf(user);
      if (account.reads >= limits.openReads)
        throw new InkwireRefusal(
          'rate',
          `You read ${account.reads} logs at once: take what was answered, then go on.`,
          { retryAfterSeconds: 2 },
        );
      account.reads += 1;
      return () => {
        account.reads -= 1;
      };
    },
    open(user, channel) {
      const { boards } = accountOf(user);
      const now = clock();
      for (const [board, at] of boards) if (now - at > OPEN_MS) boards.delete(board);
      if (!boards.has(channel) && boards.size >= limits.openBoards)
        throw new InkwireRefusal(
          'rate',
          `You joined ${boards.size} boards within five minutes: wait, then go on.`,
          {
            retryAfterSeconds: 60,
          },
        );
      boards.set(channel, now);
    },
  };
};

/** Seconds until something is left again. */
const untilPaid = (left: number, perSecond: number): number => (left > 0 ? 0 : (1 - left) / perSecond);

const refilled = (left: number, perSecond: number, seconds: number): number =>
  Math.min(perSecond * BURST_SECONDS, left + perSecond * seconds);
