import { type Entry, MAX_UPDATE_BYTES, type SessionId } from '@inkwire/core';
import type { Candidate, RefusedCandidate } from '../log/append-plan.js';
import type { SessionState } from '../log/channel-state.js';
import { readUpdateShape } from '../log/update-shape.js';
import { InkwireRefusal } from '../refusal.js';
import type { Seals } from './seals.js';
import { type Role, SERVER_USER, type User } from './user.js';

/** What is needed to know who made an entry, and whether they may. */
export interface AuthorshipRules {
  readonly seals: Seals;
  sessions(channel: string, sessions: readonly SessionId[]): Promise<ReadonlyMap<SessionId, SessionState>>;
  access(user: User, channel: string): Promise<Role | null>;
}

export interface VerifiedEntries {
  readonly candidates: readonly Candidate[];
  /** The first entry that is not what it says; the ones before it are fine. */
  readonly refused?: RefusedCandidate;
}

/**
 * Checks that every entry was made by the user whose session it names and who may write (L3, L11, S3), whoever hands it
 * in: `requester`, whose rights have been checked, for their own entries, or as a witness for somebody else's.
 */
export const verifyEntries = async (
  rules: AuthorshipRules,
  channel: string,
  requester: User,
  entries: readonly Entry[],
): Promise<VerifiedEntries> => {
  const sessions = await rules.sessions(channel, [...new Set(entries.map((entry) => entry.session))]);
  const roles = new Map<string, Role | null>([[SERVER_USER.id, 'write']]);
  roles.set(requester.id, 'write');

  /** Whose entry it is, as its seal says. */
  const authorOf = (entry: Entry): User => {
    if (entry.update.length > MAX_UPDATE_BYTES)
      throw new InkwireRefusal(
        'too_large',
        `An update has at most ${MAX_UPDATE_BYTES} bytes: split the change.`,
      );
    const author = sessions.get(entry.session)?.user;
    if (!author)
      throw new InkwireRefusal('session_unknown', 'This session never joined the channel: join first.');
    if (!rules.seals.verify(channel, author.id, entry))
      throw new InkwireRefusal('seal', 'The seal does not fit the entry: its session did not make it.');
    return author;
  };

  const candidates: Candidate[] = [];
  for (const entry of entries) {
    try {
      const author = authorOf(entry);
      if (!roles.has(author.id)) roles.set(author.id, await rules.access(author, channel));
      if (roles.get(author.id) !== 'write')
        throw new InkwireRefusal('forbidden', 'The author of this entry may not write on the channel.');
      candidates.push({ entry, author: author.id, shape: readUpdateShape(entry.update) });
    } catch (reason) {
      if (!(reason instanceof InkwireRefusal)) throw reason;
      return { candidates, refused: { entry, reason } };
    }
  }
  return { candidates };
};
