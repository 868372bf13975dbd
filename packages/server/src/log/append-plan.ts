import type { Entry, SessionId } from '@inkwire/core';
import { InkwireRefusal } from '../refusal.js';
import { checkCauses } from './causes.js';
import type { ChannelState, ClientState } from './channel-state.js';
import type { UpdateShape } from './update-shape.js';

/** An entry whose bytes, seal and author have been checked, on its way into the log. */
export interface Candidate {
  readonly entry: Entry;
  readonly shape: UpdateShape;
  /** The user whose session made it, who need not be the one that hands it in. */
  readonly author: string;
}

/** Why the log does not take the next entry of a request. */
export interface RefusedCandidate {
  readonly entry: Entry;
  readonly reason: InkwireRefusal;
}

/** What becomes of one request: its entries in order, up to the one that is refused. */
export interface PlannedRequest {
  /** The entries that stand in the log afterwards, some of them since earlier. */
  readonly standing: readonly Entry[];
  readonly refused?: RefusedCandidate;
}

/** What one transaction is to store for a group of requests. */
export interface AppendPlan {
  readonly requests: readonly PlannedRequest[];
  /** In the order of their sequence numbers. */
  readonly entries: readonly Entry[];
  /** For each of them the one client that wrote in it and its clock afterwards, or null for none or several. */
  readonly writers: readonly (readonly [client: number, clock: number] | null)[];
  /** The users who made them. */
  readonly authors: ReadonlySet<string>;
  readonly sessions: ReadonlyMap<SessionId, { readonly before: number; readonly after: number }>;
  readonly clients: ReadonlyMap<number, ClientState>;
  /** Those of them that wrote in one entry with others, which only their own rows can say. */
  readonly joint: ReadonlySet<number>;
}

/** What is to be stored on one channel. */
export interface Planned {
  readonly state: ChannelState;
  readonly plan: AppendPlan;
}

/** Decides, without touching the database, what the log takes of a group of requests: L2, L3 and L10. */
export const planAppend = (state: ChannelState, group: readonly (readonly Candidate[])[]): AppendPlan => {
  const entries: Entry[] = [];
  const writers: AppendPlan['writers'][number][] = [];
  const joint = new Set<number>();
  const authors = new Set<string>();
  const sessions = new Map<SessionId, { before: number; after: number }>();
  const clients = new Map<number, ClientState>();
  const clientOf = (client: number): ClientState | undefined =>
    clients.get(client) ?? state.clients.get(client);

  const take = ({ entry, shape, author }: Candidate): void => {
    const session = state.sessions.get(entry.session);
    if (!session || session.revoked)
      throw new InkwireRefusal('forbidden', 'This session may no longer write: join the channel again.');
    const before = sessions.get(entry.session)?.before ?? session.last;
    const last = sessions.get(entry.session)?.after ?? before;
    if (entry.n <= last) return;
    if (entry.n > last + 1)
      throw new InkwireRefusal(
        'gap',
        `The log has entries 1 to ${last} of this session: hand in ${last + 1} first.`,
        { expected: last + 1 },
      );
    for (const client of shape.structs.keys()) {
      const owner = clientOf(client)?.user;
      if (owner !== undefined && owner !== author)
        throw new InkwireRefusal(
          'client_taken',
          `The clientID ${client} belongs to another user on this channel.`,
        );
    }
    const clocks = checkCauses(shape, (client) => clientOf(client)?.clock ?? 0);
    for (const [client, clock] of clocks) {
      clients.set(client, { user: author, clock, until: clientOf(client)?.until ?? 0 });
      if (clocks.size > 1) joint.add(client);
    }
    const [writer = null] = clocks.size === 1 ? clocks : [];
    writers.push(writer);
    sessions.set(entry.session, { before, after: entry.n });
    entries.push(entry);
    authors.add(author);
  };

  const requests = group.map((candidates): PlannedRequest => {
    const standing: Entry[] = [];
    for (const candidate of candidates) {
      try {
        take(candidate);
      } catch (reason) {
        if (!(reason instanceof InkwireRefusal)) throw reason;
        return { standing, refused: { entry: candidate.entry, reason } };
      }
      standing.push(candidate.entry);
    }
    return { standing };
  });
  return { requests, entries, writers, authors, sessions, clients, joint };
};
