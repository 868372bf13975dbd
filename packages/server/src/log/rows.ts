import { type LoggedEntry, SEAL_LENGTH, type Sequence, type SessionId } from '@inkwire/core';
import type { BinaryRow } from './binary-row.js';
import type { Database, Statement } from './database.js';

/** Rows are fetched in pages, so that memory stays bounded however long the log is. */
const PAGE_ROWS = 1_024;
/** Bytes of updates in a page, and of the pieces in which a longer update comes. */
const PAGE_BYTES = 128 << 10;

/**
 * The sizes decide how far a page goes: one row at least, or the first piece of it, and no more bytes than fit. It ends
 * before a row that has lost its content.
 */
const PAGE: Statement = {
  name: 'inkwire page',
  sql: `
  select seq, session, n, appended_at, seal, length, substring(body for ${PAGE_BYTES})
  from (
    select near.*, octet_length(body) as length, sum(octet_length(body)) over (order by seq) as bytes
    from (
      select * from inkwire.entries
      where channel = $1 and seq > $2 and seq <= $3
      order by seq limit ${PAGE_ROWS}
    ) near
  ) sized
  where (bytes <= ${PAGE_BYTES} or seq = $2 + 1) and seal is not null and body is not null
  order by seq`,
};

/** Where the row has another content than it had, it was made harmless meanwhile: that is much shorter. */
const PIECE: Statement = {
  name: 'inkwire piece',
  sql: `
  select substring(body from $3 for ${PAGE_BYTES}) from inkwire.entries
  where channel = $1 and seq = $2 and octet_length(body) = $4`,
};

/** An entry of the log, and when it was taken. */
export interface LogRow {
  /** Its update is only the beginning where `length` is more than that. */
  readonly entry: LoggedEntry;
  /** Bytes of the whole update. */
  readonly length: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The log was compacted while it was read, and no longer has what the reader was told of: it has to look again. */
export class TrimmedError extends Error {
  readonly code = 'trimmed';

  constructor(what: string) {
    super(`The log no longer has ${what}.`);
    this.name = 'TrimmedError';
  }
}

/**
 * The rows after `after` up to `until`, every one of them, in pages. A row that is longer than a page is alone in its own,
 * which has its first piece; {@link readRest} reads the others.
 *
 * Rows never change, so pages read one after another are still one consistent picture. Should one be missing, because
 * the floor rose over the reader, the read fails instead of passing on a hole.
 *
 * @throws {TrimmedError}
 */
export async function* readRows(
  database: Database,
  channel: number,
  after: number,
  until: number,
): AsyncGenerator<readonly LogRow[], void, void> {
  let last = after;
  while (last < until) {
    const page = rowsAfter(last, await database.readBytes(PAGE, [channel, last, until]));
    if (page.length === 0) throw new TrimmedError(`its row ${last + 1}`);
    last += page.length;
    yield page;
  }
}

/**
 * What of a row's update comes after the beginning that a page has of it, piece by piece: nothing for most rows.
 *
 * @throws {TrimmedError}
 */
export async function* readRest(
  database: Database,
  channel: number,
  { entry, length }: LogRow,
): AsyncGenerator<Uint8Array, void, void> {
  let position = entry.update.length;
  while (position < length) {
    const [found] = await database.readBytes(PIECE, [channel, entry.seq, position + 1, length]);
    const piece = found?.[0];
    if (!piece) throw new TrimmedError(`all of its row ${entry.seq}`);
    position += piece.length;
    yield piece;
  }
}

/** The rows of a page, from `last` on without a hole. */
const rowsAfter = (last: number, page: readonly BinaryRow[]): LogRow[] => {
  const rows: LogRow[] = [];
  for (const values of page) {
    const row = rowOf(values);
    if (row?.entry.seq !== last + rows.length + 1) break;
    rows.push(row);
  }
  return rows;
};

const rowOf = ([seq, session, n, at, seal, length, update]: BinaryRow): LogRow | null => {
  if (!seq || !session || !n || !at || !length || !update || seal?.length !== SEAL_LENGTH) return null;
  return {
    entry: {
      seq: bigint(seq) as Sequence,
      session: session.toString('latin1') as SessionId,
      n: bigint(n),
      seal,
      update,
    },
    length: length.readInt32BE(),
    at: bigint(at),
  };
};

/** A bigint that is no more than a number holds. */
const bigint = (bytes: Buffer): number => bytes.readInt32BE() * 2 ** 32 + bytes.readUInt32BE(4);
