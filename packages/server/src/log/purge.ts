import { randomBytes } from 'node:crypto';
import type { Sequence, SessionId } from '@inkwire/core';
import type { Seals } from '../access/seals.js';
import { SERVER_USER } from '../access/user.js';
import type { AppendQueue } from './append-queue.js';
import type { Channels } from './channels.js';
import type { Database } from './database.js';
import type { RemoteDocument } from './fold-thread.js';
import { readUpdateShape } from './update-shape.js';

/**
 * Deletes what was removed before `before` from `doc`, the document at the end of a channel's log, and from the log by an
 * entry that everyone gets: so all documents stay equal.
 *
 * @returns the entry's sequence, or null when nothing was old enough
 */
export type Purge = (channel: string, doc: RemoteDocument, before: number) => Promise<Sequence | null>;

export interface PurgeOptions {
  readonly database: Database;
  readonly channels: Channels;
  readonly queue: AppendQueue;
  readonly seals: Seals;
  readonly clock: () => number;
}

export const createPurge =
  ({ database, channels, queue, seals, clock }: PurgeOptions): Purge =>
  async (channel, doc, before) => {
    const update = await doc.purge(before);
    if (!update) return null;
    const { id } = await channels.open(channel);
    const session = newSession();
    await database.query(
      'insert into inkwire.sessions (channel, session, user_id, joined_at) values ($1, $2, $3, $4)',
      [id, session, SERVER_USER.id, clock()],
    );
    const seal = seals.seal(channel, SERVER_USER.id, session, 1, update);
    const entry = { session, n: 1, update, seal };
    const answer = await queue.append(channel, [
      { entry, author: SERVER_USER.id, shape: readUpdateShape(update) },
    ]);
    const [stored] = answer.entries;
    if (!stored) throw new Error(`The purge was refused: ${answer.error?.message}`);
    return stored[2];
  };

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 12 base-62 characters; the slight preference for the first ones does not matter for a name. */
const newSession = (): SessionId =>
  [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('') as SessionId;
