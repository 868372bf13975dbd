import { encodeLogPart, type LogPart, type Sequence, type SessionId } from '@inkwire/core';
import type { Database } from './database.js';

/** Rows are fetched in pages, so that memory stays bounded however long the log is. */
const PAGE_ROWS = 256;
const PAGE_BYTES = 1 << 20;

interface EntryRow {
  seq: Sequence;
  session: SessionId;
  n: number;
  seal: Uint8Array;
  body: Uint8Array;
}

/** From where to read. */
export interface ReadRequest {
  /** Rows after this sequence; 0 for the whole log. */
  readonly after: number;
  /** The history that `after` counts in; the read starts over when the log's is another. */
  readonly epoch?: string;
}

/** A read of a channel's log: the parts of the answer, encoded, as a client wants to take them. */
export async function* readLog(
  database: Database,
  channel: number,
  request: ReadRequest,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const [log] = await database.query<{ epoch: string; head: Sequence }>(
    'select epoch, head from inkwire.channels where id = $1',
    [channel],
  );
  if (!log) throw new Error('The log has gone.');
  const elsewhere = (request.epoch !== undefined && request.epoch !== log.epoch) || request.after > log.head;
  const after = elsewhere ? 0 : request.after;
  const writers = await database.query<{ client: number; user_id: string }>(
    'select client, user_id from inkwire.clients where channel = $1 and (seq > $2 or $2 = 0)',
    [channel, after],
  );
  yield encodeLogPart({
    type: 'header',
    header: { ...log, writers: writers.map((row) => [row.client, row.user_id]) },
  });
  yield* readRows(database, channel, after, log.head);
}

/**
 * The rows after `after` up to `head`, every one of them.
 *
 * Rows below the head never change, so pages read one after another are still one consistent picture. Should a page
 * come back with a hole, the read fails instead of passing it on.
 */
export async function* readRows(
  database: Database,
  channel: number,
  after: number,
  head: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let last = after;
  while (last < head) {
    const rows = await database.query<EntryRow>(
      `select seq, session, n, seal, body from (
          select *, sum(octet_length(body)) over (order by seq) as bytes, row_number() over (order by seq) as position
          from (
            select seq, session, n, seal, body from inkwire.entries
            where channel = $1 and seq > $2 and seq <= $3 order by seq limit ${PAGE_ROWS}
          ) page
        ) sized where bytes <= ${PAGE_BYTES} or position = 1 order by seq`,
      [channel, last, head],
    );
    const parts: Uint8Array[] = [];
    for (const { seq, session, n, seal, body } of rows) {
      if (seq !== last + 1 || !body) throw new Error(`The log has no row ${last + 1}.`);
      last = seq;
      const part: LogPart = { type: 'row', entry: { seq, session, n, seal, update: body } };
      parts.push(encodeLogPart(part));
    }
    if (rows.length === 0) throw new Error(`The log has no row ${last + 1}.`);
    yield Buffer.concat(parts) as Uint8Array<ArrayBuffer>;
  }
}
