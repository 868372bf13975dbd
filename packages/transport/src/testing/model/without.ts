import { type AppendAnswer, type Entry, type SessionId, sessionId } from '@inkwire/core';
import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { openDocument } from '../../board/open-document.js';
import { createFeed } from '../../feed/feed.js';
import type { Feed, FeedOptions } from '../../feed/feed-port.js';
import { sealOf } from '../../feed/seal.js';
import type { ServerClient } from '../../feed/server-client.js';
import { memoryStore } from '../../feed/store.js';
import type { Connect } from './tab.js';

type MakeFeed = (options: FeedOptions) => Feed;

/** The sessions that are this browser's own business, adopted ones included, with the keys of their seals. */
const watchKeys = (server: ServerClient): { server: ServerClient; keys: Map<SessionId, Uint8Array> } => {
  const keys = new Map<SessionId, Uint8Array>();
  return {
    keys,
    server: {
      ...server,
      join: async (channel, request) => {
        const answer = await server.join(channel, request);
        keys.set(sessionId(request.session), fromBase64(answer.sealKey));
        return answer;
      },
    },
  };
};

/** The same feed with other methods; what it says of itself it goes on saying. */
const changed = (feed: Feed, methods: Partial<Feed>): Feed =>
  Object.assign(Object.create(feed) as Feed, methods);

/** Hands in own entries alone. */
const withoutWitness: MakeFeed = (options) => {
  const { server, keys } = watchKeys(options.server);
  let last: AppendAnswer | null = null;
  return createFeed({
    ...options,
    server: {
      ...server,
      append: async (channel, entries, final) => {
        const own = entries.filter(({ session }) => keys.has(session));
        if (own.length === 0 && last) return { ...last, entries: [] };
        last = await server.append(channel, own, final);
        return last;
      },
    },
  });
};

const NOTHING = Y.encodeStateAsUpdate(new Y.Doc());

/** What waits for its next try takes up what came meanwhile: that goes by its number, and its own has nothing left. */
const withoutImmutableEntries: MakeFeed = (options) => {
  const { server, keys } = watchKeys(options.server);
  return createFeed({
    ...options,
    server: {
      ...server,
      append: (channel, entries, final) => {
        const key = keys.get(options.session);
        const own = entries.filter(({ session }) => session === options.session);
        if (!key || own.length < 2) return server.append(channel, entries, final);
        const all = Y.mergeUpdates(own.map((entry) => entry.update));
        const rewritten = (entry: Entry): Entry => {
          const update = entry === own[0] ? all : NOTHING;
          return { ...entry, update, seal: sealOf(key, entry.n, update) };
        };
        const sent = entries.map((entry) => (own.includes(entry) ? rewritten(entry) : entry));
        return server.append(channel, sent, final);
      },
    },
  });
};

/** Each of the measures that keep a board whole, and the feed of a page that does without it. */
export const WITHOUT = {
  /** What is not saved ends with its page. */
  'the durable outbox': (options) => createFeed({ ...options, store: memoryStore }),
  /** Nobody looks at numbers: what a frame did not bring is not missed. */
  'the pull by sequence': (options) => changed(createFeed(options), { receipt: () => {}, heard: () => {} }),
  /** Whatever a frame brings is applied at once (F8). */
  'the gate': (options) => createFeed({ ...options, replica: { ...options.replica, hasCauses: () => true } }),
  'the witness': withoutWitness,
  'immutable entries': withoutImmutableEntries,
  /** The log is read when the page opens, before it is subscribed, and not again after that. */
  'the pull after the subscription': (options) => changed(createFeed(options), { refresh: () => {} }),
} as const satisfies Readonly<Record<string, MakeFeed>>;

export type Measure = keyof typeof WITHOUT;

/** Connects a board as the product does, but for one measure. */
export const connectWithout =
  (measure: Measure): Connect =>
  (board, { board: id, ...options }) =>
    openDocument(
      board.doc,
      { ...options, channel: `presence-board-${id}` },
      {
        takePresence: () => new Uint8Array(0),
        onPresence: () => {},
        onLeave: () => {},
        onNewcomer: () => {},
        onWriters: board.attribute,
      },
      WITHOUT[measure],
    );
