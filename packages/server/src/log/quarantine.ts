import type { Sequence, SessionId } from '@inkwire/core';
import * as encoding from 'lib0/encoding';
import type { Database } from './database.js';
import { type Folded, foldLog, UnfoldableRow } from './fold.js';
import type { FoldThread } from './fold-thread.js';
import { TrimmedError } from './rows.js';
import { findSnapshot } from './snapshot.js';
import { readUpdateShape, type UpdateShape } from './update-shape.js';

/** Rows that were made harmless, and whose they were. */
export interface Quarantined {
  readonly channel: string;
  readonly user: string;
  readonly session: SessionId;
  readonly seqs: readonly Sequence[];
}

/** Each may find another bad row, so they are as many as there may be in a log that somebody wants to harm. */
const ATTEMPTS = 1_000;

/** Folds a log up to `until`, whatever somebody got into it. */
export type Fold = (channel: number, until: number) => Promise<Folded>;

/** Beyond so many bad rows in one fold, a session is no honest one: it ends, and all that it still has in the log goes. */
const MOST_OF_A_SESSION = 8;

/**
 * An update can decode, have all its causes, and still be one on which Yjs fails: no page makes such, but somebody can.
 * One of them must not stop a log. So its row gets, in place of its content, the same clocks as deleted ones, which is what
 * Yjs itself leaves of deleted content: whatever builds on it stays complete. The content is set aside for the operator.
 *
 * Until then readers get the row. Whether Yjs fails on it shows only with the whole document before it, which an append, whose
 * cost must not depend on the size of a board, does not have; and pages pass over what Yjs fails on.
 */
export const createFold =
  (database: Database, thread: FoldThread, onQuarantined: (quarantined: Quarantined) => void): Fold =>
  async (channel, until) => {
    const bad = new Map<SessionId, number>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const snapshot = await findSnapshot(database.query, channel, until);
      try {
        return await foldLog(database, thread, channel, snapshot, until);
      } catch (error) {
        // Compacted meanwhile: there is a newer snapshot to begin with.
        if (error instanceof TrimmedError) continue;
        if (!(error instanceof UnfoldableRow)) throw error;
        const quarantined = await quarantine(database, channel, error.seq, bad);
        if (quarantined.seqs.length === 0) throw error;
        onQuarantined(quarantined);
      }
    }
    throw new Error(`The log of channel ${channel} cannot be folded.`);
  };

/** Makes the row `seq` harmless, and, where its session has made too many such already, the ones after it. */
const quarantine = (
  database: Database,
  channel: number,
  seq: number,
  bad: Map<SessionId, number>,
): Promise<Quarantined> =>
  database.transaction(async (query) => {
    const [author] = await query<{ name: string; session: SessionId; user_id: string }>(
      `select c.name, s.session, s.user_id from inkwire.entries e
        join inkwire.channels c on c.id = e.channel
        join inkwire.sessions s on s.channel = e.channel and s.session = e.session
        where e.channel = $1 and e.seq = $2`,
      [channel, seq],
    );
    if (!author) throw new Error(`The log has no row ${seq}.`);
    const { name, session, user_id: user } = author;
    const count = (bad.get(session) ?? 0) + 1;
    bad.set(session, count);
    const isHostile = count > MOST_OF_A_SESSION;
    if (isHostile)
      await query('update inkwire.sessions set revoked = true where channel = $1 and session = $2', [
        channel,
        session,
      ]);
    const rows = await query<{ seq: Sequence; body: Uint8Array }>(
      `insert into inkwire.quarantined (channel, seq, body)
        select channel, seq, body from inkwire.entries
        where channel = $1 and session = $2 and (seq = $3 or (seq > $3 and $4)) and body is not null
        on conflict do nothing returning seq, body`,
      [channel, session, seq, isHostile],
    );
    for (const { seq: place, body } of rows)
      await query('update inkwire.entries set body = $3 where channel = $1 and seq = $2', [
        channel,
        place,
        deletedForm(readUpdateShape(body)),
      ]);
    return { channel: name, user, session, seqs: rows.map((row) => row.seq) };
  });

const DELETED_STRUCT = 0;

/** An update that fills the same clocks with deleted content and says nothing else. */
export const deletedForm = ({ structs }: UpdateShape): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, structs.size);
  // Yjs writes the greatest client first.
  for (const [client, own] of [...structs].sort(([a], [b]) => b - a)) {
    const start = own[0]?.start ?? 0;
    const end = own.at(-1)?.end ?? start;
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, start);
    encoding.writeUint8(encoder, DELETED_STRUCT);
    encoding.writeVarUint(encoder, end - start);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
};
