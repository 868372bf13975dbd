import type { Clock } from '../clock.js';
import { createPacer } from '../frame/pacer.js';
import type { Page } from '../page.js';
import { retryDelay } from '../retry-delay.js';
import { isTemporary, TransportError, toTransportError } from '../transport-error.js';
import type { ConnectionState, LiveChannel, LiveChannelListener } from './live-channel.js';
import {
  type ChannelAuthorization,
  createPusherClient,
  type Member,
  type PusherAddress,
  type UserAuthentication,
} from './pusher-client.js';
import { createReconnectSchedule } from './reconnect-schedule.js';

export interface ConnectionOptions {
  readonly pusher: PusherAddress;
  readonly authorize: (channel: string, socketId: string) => Promise<ChannelAuthorization>;
  readonly signIn: (socketId: string) => Promise<UserAuthentication>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly page: Page;
  /** Client events a second that the app's Pusher takes from one connection. */
  readonly eventsPerSecond?: number;
}

/** One connection to Pusher and the channels on it. It comes back by itself (R1, R2) until it is closed. */
export interface Connection {
  readonly state: ConnectionState;
  open(channel: string, events: readonly string[], listener: LiveChannelListener): LiveChannel;
  close(): void;
}

/** A subscription that Pusher did not confirm this long after it was asked never will be, and pusher-js asks only once. */
const SUBSCRIBE_TIMEOUT_MS = 10_000;

const OVER_QUOTA = 4004;

/** Somebody ended this person's connections: whether they may come back is for the next authorization to say. */
const UNAUTHORIZED = 4009;

/** Close codes that speak of this app or its configuration. */
const isComplaint = (code: number | null): boolean =>
  code !== null && code >= 4000 && code < 4100 && code !== UNAUTHORIZED;

const RATE_LIMIT = 4301;

interface OpenChannel {
  readonly listener: LiveChannelListener;
  readonly members: Map<string, Member['info']>;
  subscribed: boolean;
}

export const createConnection = (options: ConnectionOptions): Connection => {
  const { clock, random, page } = options;
  const pacer = createPacer({
    clock,
    ...(options.eventsPerSecond === undefined ? {} : { limit: options.eventsPerSecond }),
  });
  const channels = new Map<string, OpenChannel>();
  const timers = new Set<() => void>();
  let state: ConnectionState = 'connecting';
  let socketId = '';
  let surfaced = false;

  const each = (visit: (listener: LiveChannelListener) => void): void => {
    for (const { listener } of [...channels.values()]) visit(listener);
  };

  const changeTo = (next: ConnectionState): void => {
    if (state === next) return;
    state = next;
    each((listener) => listener.onChange());
  };

  const after = (ms: number, task: () => void): void => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      task();
    });
    timers.add(cancel);
  };

  /** Asks until there is an answer for the present socket, which may be a refusal. */
  const askFor = async <T>(socket: string, ask: () => Promise<T>): Promise<T> => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await ask();
      } catch (error) {
        if (socket !== socketId || !isTemporary(error)) throw error;
        const wait = Math.max(toTransportError(error).retryAfterMs, retryDelay(failures, random));
        await new Promise<void>((resolve) => after(wait, resolve));
      }
    }
  };

  const authorize = async (name: string, socket: string): Promise<ChannelAuthorization> => {
    try {
      const authorization = await askFor(socket, () => options.authorize(name, socket));
      expectSubscription(name, socket);
      return authorization;
    } catch (error) {
      if (socket === socketId && error instanceof TransportError) channels.get(name)?.listener.onError(error);
      throw error;
    }
  };

  /** Looks whether Pusher confirmed what it was asked; if not, only another connection makes pusher-js ask again. */
  const expectSubscription = (name: string, socket: string): void =>
    after(SUBSCRIBE_TIMEOUT_MS, () => {
      const channel = channels.get(name);
      if (!channel || channel.subscribed || socket !== socketId || state !== 'live') return;
      drop();
      schedule.lost();
    });

  const drop = (): void => {
    client.disconnect();
    down();
  };

  const down = (): void => {
    socketId = '';
    for (const channel of channels.values()) {
      channel.subscribed = false;
      channel.members.clear();
    }
    if (state !== 'failed') changeTo('offline');
    each((listener) => listener.onChange());
  };

  const client = createPusherClient(options.pusher, {
    onConnected: (socket) => {
      socketId = socket;
      surfaced = false;
      schedule.connected();
      changeTo('live');
    },
    onLost: (code, message) => {
      if (isComplaint(code) && !surfaced) {
        surfaced = true;
        const text = `Pusher refused the connection: ${message || `code ${code}`}.`;
        each((listener) => listener.onError(new TransportError(`pusher_${code}`, text)));
      }
      // A quota may have room again; nothing else of this kind mends itself.
      if (isComplaint(code) && code !== OVER_QUOTA) {
        schedule.stop();
        changeTo('failed');
      } else schedule.lost();
      down();
    },
    onComplaint: (code) => {
      if (code === RATE_LIMIT) pacer.slowDown();
      each((listener) => listener.onComplaint());
    },
    authorize,
    signIn: (socket) => askFor(socket, () => options.signIn(socket)),
  });

  const schedule = createReconnectSchedule({
    clock,
    random,
    attempt: () => client.connect(),
    abandon: () => {
      client.disconnect();
      down();
    },
  });

  const stopListening = [
    page.on('online', () => schedule.hurry()),
    page.on('visible', () => schedule.hurry()),
    // The browser knows before the socket does.
    page.on('offline', () => {
      if (state !== 'live') return;
      drop();
      schedule.lost();
    }),
  ];
  schedule.start();

  return {
    get state() {
      return state;
    },
    open: (name, events, listener) => {
      if (channels.has(name)) throw new TransportError('channel', `Channel ${name} is open already.`);
      const channel: OpenChannel = { listener, members: new Map(), subscribed: false };
      channels.set(name, channel);
      client.subscribe(name, events, {
        onSubscribed: (members) => {
          channel.members.clear();
          for (const { id, info } of members) channel.members.set(id, info);
          channel.subscribed = true;
          listener.onSubscribed();
          listener.onChange();
        },
        onMemberAdded: ({ id, info }) => {
          channel.members.set(id, info);
          listener.onChange();
        },
        onMemberRemoved: (id) => {
          channel.members.delete(id);
          listener.onMemberRemoved(id);
          listener.onChange();
        },
        onEvent: listener.onEvent,
      });
      return {
        get state() {
          return state;
        },
        get subscribed() {
          return channel.subscribed;
        },
        members: channel.members,
        tabs: 0,
        request: pacer.request,
        forget: pacer.forget,
        trigger: (event, data) => channel.subscribed && client.trigger(name, event, data),
        tellTabs: () => false,
        close: () => {
          if (!channels.delete(name)) return;
          channel.subscribed = false;
          client.unsubscribe(name);
        },
      };
    },
    close: () => {
      schedule.stop();
      pacer.stop();
      for (const stop of stopListening) stop();
      for (const cancel of timers) cancel();
      timers.clear();
      for (const name of [...channels.keys()]) client.unsubscribe(name);
      channels.clear();
      client.disconnect();
    },
  };
};
