/** A stored entry, as far as it matters for how long it is kept. */
export interface KeptRow {
  readonly key: number;
  readonly bytes: number;
  /** When it was stored, ms since the epoch. */
  readonly at: number;
  /** Whether the snapshot has it. */
  readonly folded: boolean;
  /** Whether the log is known to have it. */
  readonly logged: boolean;
  /** Whether it was made in this browser. */
  readonly own: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What is kept beside the snapshot so that a restored server can be healed (L7). */
const MAX_ROWS = 2_000;
const MAX_BYTES = 2 << 20;

/**
 * The rows that may go: those in the snapshot that are older than a day, and the oldest beyond the bounds. What the log
 * has not stays: own entries for ever, others' for a day, or for as long as own ones wait that may build on them.
 */
export const selectSpare = (rows: readonly KeptRow[], now: number): KeptRow[] => {
  const isOld = ({ at }: KeptRow): boolean => at <= now - DAY_MS;
  const isWaiting = rows.some(({ own, logged }) => own && !logged);
  const isNeeded = (row: KeptRow): boolean => !row.folded || (!row.logged && (isWaiting || !isOld(row)));
  let count = 0;
  let bytes = 0;
  return rows
    .filter((row) => !isNeeded(row))
    .sort((a, b) => b.key - a.key)
    .filter((row) => {
      count += 1;
      bytes += row.bytes;
      return isOld(row) || count > MAX_ROWS || bytes > MAX_BYTES;
    });
};
