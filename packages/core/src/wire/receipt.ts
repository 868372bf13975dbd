import { isSessionId, type Sequence, type SessionId } from './entry.js';
import { WireError } from './wire-error.js';

/** The name of the event by which the server announces what it stored. */
export const RECEIPT_EVENT = 'receipt';

/** What the log took: published after commit, coalesced, at most 10,000 bytes of JSON. */
export interface Receipt {
  readonly epoch: string;
  readonly head: Sequence;
  /** The newest entries, ascending by sequence; a receiver who misses one before them pulls. */
  readonly entries: readonly (readonly [seq: Sequence, session: SessionId, n: number])[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** @throws {WireError} when `data` is no receipt. */
export const readReceipt = (data: unknown): Receipt => {
  const { epoch, head, entries } = (data ?? {}) as Record<string, unknown>;
  if (typeof epoch !== 'string') throw new WireError('epoch', 'A receipt names the epoch of its log.');
  if (!isCount(head)) throw new WireError('head', 'A receipt names the head of its log.');
  if (!Array.isArray(entries)) throw new WireError('entries', 'A receipt lists its entries.');
  for (const entry of entries as unknown[]) {
    const [seq, session, n] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (!isCount(seq) || typeof session !== 'string' || !isSessionId(session) || !isCount(n))
      throw new WireError('entries', 'An entry of a receipt is [seq, session, n].');
  }
  return { epoch, head: head as Sequence, entries: entries as Receipt['entries'] };
};
