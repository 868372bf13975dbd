import { newElementId, type PresentUser, type SessionId } from '@inkwire/core';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { systemClock } from '../clock.js';
import { createFeed } from '../feed/feed.js';
import type { Writers } from '../feed/feed-port.js';
import { createServerClient } from '../feed/server-client.js';
import { splitUpdate } from '../feed/split-update.js';
import { memoryStore } from '../feed/store.js';
import { deletionOf } from '../feed/update-parts.js';
import { createAwarenessFrames } from '../frame/awareness-frames.js';
import type { Urgency } from '../frame/pacer.js';
import { createListeners } from '../listeners.js';
import { thisPage } from '../page.js';
import { createIndexedDbStore } from '../store/indexed-db-store.js';
import { thisBrowser } from '../tabs/browser-scope.js';
import { openConnection, ownerOf } from '../tabs/open-connection.js';
import { TransportError } from '../transport-error.js';
import { createAwareness } from './create-awareness.js';
import { earlierContent } from './earlier-content.js';
import { createLiveRoom } from './live-room.js';
import type { ConnectDocOptions } from './options.js';
import { type Status, sameStatus } from './status.js';
import { createYjsReplica } from './yjs-replica.js';

export interface ConnectionEvents {
  status: Status;
  /** Something that time alone will not mend; each kind once, until it goes well again. Nothing is lost by it. */
  error: TransportError;
}

/** A document's handle on the log and on the others. */
export interface OpenDocument {
  readonly session: SessionId;
  readonly awareness: Awareness;
  readonly status: Status;
  /** Calls `listener` on each `event`; returns the way to stop. */
  on<Name extends keyof ConnectionEvents>(
    event: Name,
    listener: (value: ConnectionEvents[Name]) => void,
  ): () => void;
  /** The user behind a Yjs clientID, as the server knows them (C9). */
  writerOf(client: number): string | null;
  /** There is something for the next frame. */
  request(urgency: Urgency): void;
  /** Ends it and leaves nothing behind; the document stays. Resolves when everything is closed. */
  destroy(): Promise<void>;
}

/** What a kind of document adds to frames. */
export interface FrameExtension {
  takePresence(): Uint8Array;
  onPresence(session: SessionId, user: PresentUser, presence: Uint8Array): void;
  onLeave(session: SessionId): void;
  onNewcomer(): void;
  /** Who stands behind clientIDs became known. */
  onWriters(writers: Writers): void;
}

const MESSAGES_PER_MINUTE = 30_000;

/** How old the figures of a status may get while nothing happens. */
const UPDATE_MS = 5_000;

/** Last words may have to go through the tab that leads; a line that is closed before that takes them with it. */
const LAST_WORDS_MS = 30;

/** @param makeFeed how the document is kept equal to the log; whoever takes something away from that can see what it was for */
export const openDocument = (
  doc: Y.Doc,
  options: ConnectDocOptions,
  extension: FrameExtension,
  makeFeed = createFeed,
): OpenDocument => {
  const { channel, user, clock = systemClock, random = Math.random, page = thisPage } = options;
  const { storage = 'browser', browser = thisBrowser() } = options;
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  // Sessions have the form of element ids: 12 random base-62 characters.
  const session = newElementId() as string as SessionId;
  const origin = { session };
  const listeners = createListeners<ConnectionEvents>();
  const users = new Map<number, string>();
  let destroyed = false;
  let cancelUpdate = (): void => {};

  const server = createServerClient({
    server: options.server,
    fetch,
    clock,
    ...(options.headers === undefined ? {} : { headers: options.headers }),
  });

  const surface = (error: TransportError): void => listeners.emit('error', error);

  const { awareness, end: endAwareness } = createAwareness(doc);
  awareness.setLocalState({ user: { id: user.id, name: user.name, color: user.color } });
  const states = createAwarenessFrames({
    awareness,
    origin,
    onOwnChange: () => room.request('stream'),
    onSilent: (silent) => {
      states.leave(silent);
      extension.onLeave(silent);
    },
    onTooLarge: (bytes) =>
      surface(
        new TransportError(
          'awareness_too_large',
          `The local awareness state takes ${bytes} bytes; the others are shown states of up to 2,000.`,
        ),
      ),
  });

  const owner = ownerOf(options.server, user.id);
  const keptInBrowser = createIndexedDbStore({
    name: `inkwire ${owner}`,
    clock,
    locks: browser?.acrossTabs ? browser.locks : null,
    onFailure: (error) => {
      update();
      // Outside of a browser nobody expects it.
      if (error.code !== 'storage_missing') surface(error);
    },
  });

  const feed = makeFeed({
    channel,
    session,
    client: () => doc.clientID,
    server,
    replica: createYjsReplica(doc, origin),
    store: storage === 'browser' ? keptInBrowser : memoryStore,
    clock,
    random,
    frameSpacing: () => room.wait,
    onOwnEntry: (entry) => room.show(entry),
    onWriters: (writers: Writers) => {
      for (const [client, id] of writers) users.set(client, id);
      extension.onWriters(writers);
    },
    onChange: () => update(),
    onError: surface,
  });

  const connection = openConnection({
    browser,
    owner,
    id: session,
    pusher: options.pusher,
    authorize: server.authorize,
    signIn: server.signIn,
    clock,
    random,
    page,
    ...(options.eventsPerSecond === undefined ? {} : { eventsPerSecond: options.eventsPerSecond }),
  });

  const room = createLiveRoom({
    connection,
    channel,
    session,
    user: user.id,
    messagesPerMinute: options.messagesPerMinute ?? MESSAGES_PER_MINUTE,
    clock,
    awareness: states,
    mayWrite: () => feed.access === 'write',
    position: () => ({ epoch: feed.epoch, synced: feed.synced }),
    takePresence: extension.takePresence,
    onEntries: feed.receive,
    onHead: feed.heard,
    onReceipt: feed.receipt,
    onPresence: extension.onPresence,
    onWriter: (client, id) => {
      // What the server said about a clientID stands; a frame is believed only until then.
      if (users.has(client)) return;
      users.set(client, id);
      extension.onWriters([[client, id]]);
    },
    onLeave: extension.onLeave,
    onNewcomer: () => {
      states.tell();
      extension.onNewcomer();
    },
    onMissed: () => feed.refresh(),
    onChange: () => update(),
    onError: (error) => {
      // Whoever may not listen may perhaps not write either: the server says.
      if (error.code === 'forbidden') feed.rejoin();
      else surface(error);
    },
  });

  const read = (): Status => ({
    connection: room.state,
    saving: feed.waiting === 0 ? 'saved' : feed.reachable ? 'saving' : 'offline',
    waiting: feed.waiting,
    durable: feed.durable,
    access: feed.access,
    participants: room.participants,
    level: feed.level,
    messagesPerMinute: room.messagesPerMinute,
    ignored: room.ignored,
  });
  let status: Status = read();
  const update = (): void => {
    cancelUpdate();
    if (destroyed) return;
    const next = read();
    // What was spent a minute ago is not spent now, though nothing else happens.
    if (next.messagesPerMinute > 0) cancelUpdate = clock.after(UPDATE_MS, update);
    if (sameStatus(status, next)) return;
    status = next;
    listeners.emit('status', status);
  };

  const submit = (update: Uint8Array): void => {
    const { updates, tooLarge } = splitUpdate(update);
    for (const piece of updates) feed.submit(piece);
    if (tooLarge.length === 0) return;
    surface(
      new TransportError(
        'too_large',
        'A change has a part of more than 768 KiB, which no log takes: that part is taken back.',
      ),
    );
    // What can never be saved is not shown as if it were, and keeps nothing that comes after it from being saved.
    Y.applyUpdate(doc, deletionOf(tooLarge));
  };
  const onUpdate = (bytes: Uint8Array, from: unknown): void => {
    if (from !== origin) submit(bytes);
  };
  const before = earlierContent(doc, channel);
  if (before) submit(before);
  doc.on('update', onUpdate);

  const stopListening = [
    page.on('online', () => feed.refresh()),
    page.on('visible', () => feed.refresh()),
    page.on('hide', () => feed.flush()),
  ];

  let ended: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    destroyed = true;
    cancelUpdate();
    for (const stop of stopListening) stop();
    doc.off('update', onUpdate);
    const flushed = feed.flush();
    room.farewell();
    const stored = feed.stop();
    states.stop();
    endAwareness();
    listeners.clear();
    const said = new Promise<void>((resolve) => clock.after(LAST_WORDS_MS, resolve));
    // Other tabs look for what this one leaves as soon as it is gone: by then it has to be there, and free.
    await Promise.all([stored, said]);
    room.close();
    connection.close();
    await flushed;
    server.close();
  };

  return {
    session,
    awareness,
    get status() {
      return status;
    },
    on: listeners.on,
    writerOf: (client) => users.get(client) ?? null,
    request: room.request,
    destroy: () => {
      ended ??= end();
      return ended;
    },
  };
};
