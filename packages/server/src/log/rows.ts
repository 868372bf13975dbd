import { type LoggedEntry, SEAL_LENGTH, type Sequence, type SessionId } from '@inkwire/core';
import type { Database, Statement } from './database.js';

/** Rows are fetched in pages, so that memory stays bounded however long the log is. */
const PAGE_ROWS = 1_024;
const PAGE_BYTES = 1 << 20;

/**
 * A page of rows as one: for each thing a list, and all seals and bodies one after another, which is a fraction of the
 * work that a thousand rows are for the database, its connection and this process. Bytes come in base64, since connections
 * carry them as hexadecimal text, which is half as long again. Rows without content are left out.
 *
 * The sizes decide how far a page goes: one row at least, and no more bytes than fit.
 */
const PAGE: Statement = {
  name: 'inkwire page',
  sql: `
  select
    json_build_object(
      'seqs', array_agg(seq order by seq), 'sessions', array_agg(session order by seq),
      'numbers', array_agg(n order by seq), 'times', array_agg(appended_at order by seq),
      'lengths', array_agg(octet_length(body) order by seq)
    )::text as columns,
    encode(string_agg(seal, '' order by seq), 'base64') as seals,
    encode(string_agg(body, '' order by seq), 'base64') as bodies
  from (
    select near.*, sum(octet_length(body)) over (order by seq) as bytes
    from (
      select * from inkwire.entries
      where channel = $1 and seq > $2 and seq <= $3
      order by seq limit ${PAGE_ROWS}
    ) near
    order by seq
  ) sized
  where (bytes <= ${PAGE_BYTES} or seq = $2 + 1) and seal is not null and body is not null
  having count(*) > 0`,
};

interface Page {
  columns: string;
  seals: string;
  bodies: string;
}

interface Columns {
  readonly seqs: readonly Sequence[];
  readonly sessions: readonly SessionId[];
  readonly numbers: readonly number[];
  readonly times: readonly number[];
  readonly lengths: readonly number[];
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
    const [found] = await database.run<Page>(PAGE, [channel, last, until]);
    const page = found ? rowsAfter(last, found) : [];
    if (page.length === 0) throw new TrimmedError(`its row ${last + 1}`);
    last += page.length;
    yield page;
  }
}

/** The rows of a page, from `last` on without a hole. */
const rowsAfter = (last: number, page: Page): LogRow[] => {
  const { seqs, sessions, numbers, times, lengths } = JSON.parse(page.columns) as Columns;
  const seals = Buffer.from(page.seals, 'base64');
  const bodies = Buffer.from(page.bodies, 'base64');
  const rows: LogRow[] = [];
  let start = 0;
  for (const [index, seq] of seqs.entries()) {
    if (seq !== last + index + 1) break;
    const end = start + (lengths[index] as number);
    rows.push({
      entry: {
        seq,
        session: sessions[index] as SessionId,
        n: numbers[index] as number,
        seal: seals.subarray(index * SEAL_LENGTH, (index + 1) * SEAL_LENGTH),
        update: bodies.subarray(start, end),
      },
      at: times[index] as number,
    });
    start = end;
  }
  return rows;
};
