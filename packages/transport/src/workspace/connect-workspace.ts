import { newElementId, readEventNotice, WORKSPACE_EVENT, type WorkspaceEvent } from '@inkwire/core';
import type { TransportOptions } from '../board/options.js';
import { systemClock } from '../clock.js';
import type { ConnectionState } from '../connection/live-channel.js';
import { createServerClient } from '../feed/server-client.js';
import { createListeners } from '../listeners.js';
import { thisPage } from '../page.js';
import { thisBrowser } from '../tabs/browser-scope.js';
import { openConnection, ownerOf } from '../tabs/open-connection.js';
import { TransportError } from '../transport-error.js';
import { createEventFeed, type EventCursor } from './event-feed.js';
import { BUILT_IN_CHECKS, type BuiltInEvents, type EventCheck, type EventOf } from './event-types.js';

export interface WorkspaceOptions extends TransportOptions {
  /** Checks of further types of events, by their names; what fails is reported and left out. */
  readonly checks?: Readonly<Record<string, EventCheck>>;
}

export interface SubscribeOptions<Events> {
  /** The cursor of the last event that was seen, or `start` for all that are kept. Default: only what happens from now on. */
  readonly after?: EventCursor;
  /**
   * Takes one event after the other. Keep `cursor` with what you did, to go on after it another time; the next event waits
   * until a promise that is returned is settled.
   */
  readonly onEvent: (event: EventOf<Events>, cursor: EventCursor) => void | Promise<void>;
}

export interface Subscription {
  /** After the last event that was taken in; null before the channel is known. */
  readonly cursor: EventCursor | null;
  close(): void;
}

export interface WorkspaceEvents {
  connection: ConnectionState;
  /** Something that time alone will not mend; nothing is lost by it. */
  error: TransportError;
}

/** The event feeds of an app's channels, over one connection. */
export interface Workspace<Events> {
  readonly connection: ConnectionState;
  /** Tells every event on `channel` exactly once and in order, over reconnects and, with its cursor, over reloads (E3). */
  subscribe(channel: string, options: SubscribeOptions<Events>): Subscription;
  /** Calls `listener` on each `event`; returns the way to stop. */
  on<Name extends keyof WorkspaceEvents>(
    event: Name,
    listener: (value: WorkspaceEvents[Name]) => void,
  ): () => void;
  destroy(): void;
}

/**
 * Connects to the events of an app's users, projects and boards.
 *
 * `Events` adds types of the app's own to the built-in ones: `connectWorkspace<BuiltInEvents & { 'invoice.paid': … }>`.
 */
export const connectWorkspace = <Events extends BuiltInEvents = BuiltInEvents>(
  options: WorkspaceOptions,
): Workspace<Events> => {
  const { clock = systemClock, random = Math.random, page = thisPage, browser = thisBrowser() } = options;
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const checks = new Map<string, EventCheck>(Object.entries({ ...BUILT_IN_CHECKS, ...options.checks }));
  const listeners = createListeners<WorkspaceEvents>();
  const surface = (error: TransportError): void => listeners.emit('error', error);
  const server = createServerClient({
    server: options.server,
    fetch,
    clock,
    ...(options.headers === undefined ? {} : { headers: options.headers }),
  });
  const connection = openConnection({
    browser,
    owner: ownerOf(options.server, options.user.id),
    id: newElementId(),
    pusher: options.pusher,
    authorize: server.authorize,
    signIn: server.signIn,
    clock,
    random,
    page,
    ...(options.eventsPerSecond === undefined ? {} : { eventsPerSecond: options.eventsPerSecond }),
  });
  const subscriptions = new Set<Subscription>();
  let state = connection.state;

  const onChange = (): void => {
    if (state === connection.state) return;
    state = connection.state;
    listeners.emit('connection', state);
  };

  const isSound = (event: WorkspaceEvent): boolean => {
    const sound = checks.get(event.type)?.(event) ?? true;
    if (!sound)
      surface(new TransportError('event', `The event ${event.id} has not the fields of ${event.type}.`));
    return sound;
  };

  return {
    get connection() {
      return connection.state;
    },
    subscribe: (channel, { after = null, onEvent }) => {
      const feed = createEventFeed({
        channel,
        after,
        read: (seq) => server.events(channel, seq),
        deliver: (event, cursor) =>
          // The type parameter says what the checks have checked.
          isSound(event) ? onEvent(event as unknown as EventOf<Events>, cursor) : undefined,
        clock,
        random,
        onError: surface,
      });
      const live = connection.open(channel, [WORKSPACE_EVENT], {
        onChange,
        onSubscribed: feed.refresh,
        onMemberRemoved: () => {},
        onEvent: (_, data, from) => {
          // Events come from the server; what a client says is not listened to.
          if (from !== null) return;
          try {
            feed.notice(readEventNotice(data));
          } catch {
            feed.refresh();
          }
        },
        onComplaint: () => {},
        onError: surface,
      });
      const stopListening = [page.on('online', feed.refresh), page.on('visible', feed.refresh)];
      const subscription: Subscription = {
        get cursor() {
          return feed.cursor;
        },
        close: () => {
          if (!subscriptions.delete(subscription)) return;
          for (const stop of stopListening) stop();
          feed.stop();
          live.close();
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },
    on: listeners.on,
    destroy: () => {
      for (const subscription of [...subscriptions]) subscription.close();
      connection.close();
      server.close();
      listeners.clear();
    },
  };
};
