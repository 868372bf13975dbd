import { decodeAppend, type Entry, newElementId, type SessionId } from '@inkwire/core';
import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { createYjsReplica } from '../board/yjs-replica.js';
import { systemClock } from '../clock.js';
import { createFeed } from '../feed/feed.js';
import type { Feed } from '../feed/feed-port.js';
import { sealOf } from '../feed/seal.js';
import { createServerClient, type ServerClient } from '../feed/server-client.js';
import { memoryStore, type OpenStore } from '../feed/store.js';
import { createLooks } from './looks.js';
import { createManualClock, type ManualClock } from './manual-clock.js';
import type { Rig } from './rig.js';

/** Somebody whose changes become sealed entries, and reach the log or another page when a test says so. */
export interface Author {
  readonly doc: Y.Doc;
  readonly session: SessionId;
  readonly server: ServerClient;
  /** Changes the document; returns that as the next entry. */
  change(edit: (doc: Y.Doc) => void): Entry;
}

/** A page's feed on a real server, whose time a test moves. */
export interface FeedScene {
  readonly doc: Y.Doc;
  readonly feed: Feed;
  readonly clock: ManualClock;
  readonly errors: readonly string[];
  /** Entries that the page has handed in, as `session/n`, a list for each request, in the order in which they left. */
  readonly appends: readonly (readonly string[])[];
  /** Resolves when `holds` does; looks whenever an answer came or something changed. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export const openFeed = (
  rig: Rig,
  channel: string,
  user: string,
  { doc = new Y.Doc(), store = memoryStore }: { doc?: Y.Doc; store?: OpenStore } = {},
): FeedScene => {
  const clock = createManualClock();
  const errors: string[] = [];
  const appends: string[][] = [];
  const { look, until } = createLooks();
  const { server, headers } = rig.options(user);
  const origin = {};
  const client = createServerClient({
    server,
    ...(headers && { headers }),
    clock,
    fetch: async (input, init) => {
      if (init?.method === 'POST' && String(input).endsWith('/entries'))
        appends.push(decodeAppend(init.body as Uint8Array).map(({ session, n }) => `${session}/${n}`));
      const response = await fetch(input, init);
      setImmediate(look);
      return response;
    },
  });
  const feed = createFeed({
    channel,
    session: newElementId() as string as SessionId,
    client: () => doc.clientID,
    server: client,
    replica: createYjsReplica(doc, origin),
    store,
    clock,
    random: () => 0.5,
    frameSpacing: () => 0,
    onOwnEntry: () => {},
    onWriters: () => {},
    onChange: look,
    onError: ({ code }) => {
      errors.push(code);
      look();
    },
  });
  doc.on('update', (update: Uint8Array, from: unknown) => {
    if (from !== origin) feed.submit(update);
  });
  return {
    doc,
    feed,
    clock,
    errors,
    appends,
    until,
    stop: async () => {
      await feed.stop();
      client.close();
    },
  };
};

export const joinAsAuthor = async (rig: Rig, channel: string, user: string): Promise<Author> => {
  const doc = new Y.Doc();
  const session = newElementId() as string as SessionId;
  const { server: address, headers } = rig.options(user);
  const server = createServerClient({
    server: address,
    ...(headers && { headers }),
    fetch,
    clock: systemClock,
  });
  const key = fromBase64((await server.join(channel, { session, client: doc.clientID })).sealKey);
  let n = 0;
  return {
    doc,
    session,
    server,
    change: (edit) => {
      let update: Uint8Array = new Uint8Array(0);
      doc.once('update', (bytes: Uint8Array) => {
        update = bytes;
      });
      doc.transact(() => edit(doc));
      n += 1;
      return { session, n, update, seal: sealOf(key, n, update) };
    },
  };
};
