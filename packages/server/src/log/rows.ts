import type { LoggedEntry, Sequence, SessionId } from '@inkwire/core';
import type { Database } from './database.js';

/** Rows are fetched in pages, so that memory stays bounded however long the log is. */
const PAGE_ROWS = 1_024;
const PAGE_BYTES = 1 << 20;

/** The sizes decide first how far a page goes: one row at least, and no more bytes than fit. */
const PAGE = `
  select seq, session, n, appended_at, seal, body from inkwire.entries
  where channel = $1 and seq > $2 and seq <= (
    select max(seq) from (
      select seq, sum(octet_length(body)) over (order by seq) as bytes
      from (
        select seq, body from inkwire.entries where channel = $1 and seq > $2 and seq <= $3
        order by seq limit ${PAGE_ROWS}
      ) near
    ) sized where bytes <= ${PAGE_BYTES} or seq = $2 + 1
  ) order by seq`;

interface EntryRow {
  seq: Sequence;
  session: SessionId;
  n: number;
  appended_at: number;
  seal: Uint8Array | null;
  body: Uint8Array | null;
}

/** An entry of the log, and when it was taken. */
export interface LogRow {
  readonly entry: LoggedEntry;
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
 * The rows after `after` up to `until`, every one of them, in pages.
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
    const rows = await database.query<EntryRow>(PAGE, [channel, last, until]);
    const page: LogRow[] = [];
    for (const { seq, session, n, appended_at, seal, body } of rows) {
      if (seq !== last + 1 || !seal || !body) break;
      last = seq;
      page.push({ entry: { seq, session, n, seal, update: body }, at: appended_at });
    }
    if (page.length === 0) throw new TrimmedError(`its row ${last + 1}`);
    yield page;
  }
}
