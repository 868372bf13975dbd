import type { MemberInfo } from '@inkwire/core';
import * as PusherModule from 'pusher-js';

/** Where the app's Pusher is: its key, and a cluster of hosted Pusher or the host of another server of that protocol. */
export interface PusherAddress {
  readonly key: string;
  readonly cluster?: string;
  readonly wsHost?: string;
  readonly wsPort?: number;
  readonly wssPort?: number;
  /** Stands before `/app/<key>`. */
  readonly wsPath?: string;
  /** Default true. */
  readonly forceTLS?: boolean;
}

/** What the app's server answers to an authorization, as Pusher defines it. */
export interface ChannelAuthorization {
  readonly auth: string;
  readonly channel_data?: string;
}

/** What the app's server answers to a sign-in, as Pusher defines it. */
export interface UserAuthentication {
  readonly auth: string;
  readonly user_data: string;
}

export interface Member {
  readonly id: string;
  readonly info: Partial<MemberInfo>;
}

export interface PusherClientEvents {
  onConnected(socketId: string): void;
  /** The connection is gone, or the attempt failed; `code` is the close code, if there was one. */
  onLost(code: number | null, message: string): void;
  /** Pusher complained and kept the connection, as it does about client events. */
  onComplaint(code: number | null, message: string): void;
  /** Asks the app's server; a rejection leaves the channel without subscription until the next connection. */
  authorize(channel: string, socketId: string): Promise<ChannelAuthorization>;
  /** Asks the app's server who this is, so that it can end the connection when rights are revoked. */
  signIn(socketId: string): Promise<UserAuthentication>;
}

export interface PusherChannelEvents {
  onSubscribed(members: readonly Member[]): void;
  onMemberAdded(member: Member): void;
  onMemberRemoved(id: string): void;
  /** One of the events that were asked for; `userId` is Pusher's word for who sent it, null for the server. */
  onEvent(event: string, data: unknown, userId: string | null): void;
}

/** pusher-js without its own reconnection: it connects when it is told to, and says when that is over. */
export interface PusherClient {
  /** Starts one attempt, after ending whatever there was. Not to be called from within an event. */
  connect(): void;
  disconnect(): void;
  subscribe(channel: string, events: readonly string[], listener: PusherChannelEvents): void;
  unsubscribe(channel: string): void;
  /** Whether the event was handed to an open connection; that it arrives, nobody says. */
  trigger(channel: string, event: string, data: object): boolean;
}

/** The parts of pusher-js that are used here; its own types cannot be constructed under `nodenext`. */
interface Dispatcher {
  bind(event: string, listener: (data: never, metadata?: { user_id?: string }) => void): unknown;
  unbind(): unknown;
}
interface Connection extends Dispatcher {
  readonly socket_id: string | null;
  /** Null between two sockets. */
  readonly connection?: { readonly transport?: { readonly socket?: WebSocket } } | null;
  retryIn(delay: number): void;
}
interface Channel extends Dispatcher {
  trigger(event: string, data: object): boolean;
}
interface Members {
  each(visit: (member: Member) => void): void;
}
interface PusherInstance {
  readonly connection: Connection;
  connect(): void;
  disconnect(): void;
  subscribe(channel: string): Channel;
  unsubscribe(channel: string): void;
  channel(name: string): Channel | undefined;
  signin(): void;
}
interface PusherConstructor {
  new (key: string, options: object): PusherInstance;
  readonly instances: PusherInstance[];
  readonly Runtime: { getNetwork(): object };
}

// Bundlers and Node disagree about where the constructor of this CommonJS package is.
const imported = PusherModule as unknown as { default: PusherConstructor | { default: PusherConstructor } };
const Pusher = 'default' in imported.default ? imported.default.default : imported.default;

/** The class that decides by `isReady` whether to connect at once; the builds with encryption export a subclass of it. */
const base = (Object.hasOwn(Pusher, 'isReady') ? Pusher : Object.getPrototypeOf(Pusher)) as {
  isReady: boolean;
};

const SILENT_NETWORK = { bind: (): void => {}, unbind: (): void => {}, isOnline: (): boolean => true };

/**
 * A client that does nothing by itself. Otherwise pusher-js connects on construction, keeps every client in a list for
 * ever, and listens to the network for ever.
 */
const construct = (key: string, options: object): PusherInstance => {
  const { Runtime } = Pusher;
  const { getNetwork } = Runtime;
  const { isReady } = base;
  base.isReady = false;
  Runtime.getNetwork = () => SILENT_NETWORK;
  try {
    return new Pusher(key, options);
  } finally {
    Runtime.getNetwork = getNetwork;
    base.isReady = isReady;
    Pusher.instances.pop();
  }
};

/** What pusher-js says about an error: its own, of the socket, or of the server (two forms). */
interface PusherError {
  readonly type?: string;
  readonly data?: { readonly code?: number | null; readonly message?: string };
  readonly error?: { readonly data?: { readonly code?: number; readonly message?: string } };
}

/** After this long without a message pusher-js asks whether the connection lives, and waits this long for the answer. */
const ACTIVITY_TIMEOUT_MS = 30_000;
const PONG_TIMEOUT_MS = 8_000;

/** The state of a WebSocket that takes messages. */
const OPEN = 1;

/**
 * The only importer of pusher-js.
 *
 * pusher-js retries after 0 or 1 s for ever, or never, depending on the close code, and one of two timers that a close
 * starts cannot be cancelled. All of that goes through one method, `retryIn`, which is replaced here by telling the owner.
 */
export const createPusherClient = (address: PusherAddress, events: PusherClientEvents): PusherClient => {
  let closing: { code: number; message: string } | null = null;
  let attempting = false;

  const pusher = construct(address.key, {
    cluster: address.cluster ?? '',
    ...(address.wsHost === undefined ? {} : { wsHost: address.wsHost }),
    ...(address.wsPort === undefined ? {} : { wsPort: address.wsPort }),
    ...(address.wssPort === undefined ? {} : { wssPort: address.wssPort }),
    ...(address.wsPath === undefined ? {} : { wsPath: address.wsPath }),
    forceTLS: address.forceTLS ?? true,
    enabledTransports: ['ws'],
    enableStats: false,
    activityTimeout: ACTIVITY_TIMEOUT_MS,
    pongTimeout: PONG_TIMEOUT_MS,
    channelAuthorization: {
      customHandler: (
        request: { socketId: string; channelName: string },
        answer: (error: Error | null, data: ChannelAuthorization | null) => void,
      ) => {
        const { channelName, socketId } = request;
        answerFor(socketId, events.authorize(channelName, socketId), answer);
      },
    },
    userAuthentication: {
      customHandler: (
        { socketId }: { socketId: string },
        answer: (error: Error | null, data: UserAuthentication | null) => void,
      ) => answerFor(socketId, events.signIn(socketId), answer),
    },
  });
  const { connection } = pusher;

  /** Hands on an answer, unless it is for an earlier socket: for the present one its signature would be wrong. */
  const answerFor = <T>(
    socketId: string,
    answered: Promise<T>,
    answer: (error: Error | null, data: T | null) => void,
  ): void => {
    const isCurrent = (): boolean => connection.socket_id === socketId;
    answered.then(
      (data) => isCurrent() && answer(null, data),
      (error: Error) => isCurrent() && answer(error, null),
    );
  };

  const lost = (): void => {
    if (!attempting) return;
    attempting = false;
    const { code, message } = closing ?? { code: null, message: 'The connection to Pusher broke.' };
    closing = null;
    // pusher-js believes in its connection until it is told, but it cannot be told while it is still speaking.
    queueMicrotask(() => {
      if (!attempting) pusher.disconnect();
    });
    events.onLost(code, message);
  };

  connection.retryIn = lost;
  connection.bind('connected', () => events.onConnected(connection.socket_id ?? ''));
  connection.bind('disconnected', lost);
  connection.bind('error', (error: PusherError) => {
    const closed = error.error?.data;
    if (error.type === 'PusherError') {
      const { code = null, message = '' } = error.data ?? {};
      events.onComplaint(code, message);
    } else if (typeof closed?.code === 'number') {
      closing = { code: closed.code, message: closed.message ?? '' };
    } else if (error.type === 'HandshakeError') {
      lost();
    }
  });

  // Takes effect with every connection.
  pusher.signin();

  return {
    connect: () => {
      attempting = false;
      pusher.disconnect();
      closing = null;
      attempting = true;
      pusher.connect();
    },
    disconnect: () => {
      attempting = false;
      pusher.disconnect();
    },
    subscribe: (name, names, listener) => {
      const channel = pusher.subscribe(name);
      channel.bind('pusher:subscription_succeeded', (members: Members | undefined) => {
        const present: Member[] = [];
        members?.each?.((member) => present.push({ id: member.id, info: member.info ?? {} }));
        listener.onSubscribed(present);
      });
      channel.bind('pusher:member_added', (member: Member) =>
        listener.onMemberAdded({ id: member.id, info: member.info ?? {} }),
      );
      channel.bind('pusher:member_removed', (member: Member) => listener.onMemberRemoved(member.id));
      for (const event of names)
        channel.bind(event, (data: unknown, metadata) =>
          listener.onEvent(event, data, metadata?.user_id ?? null),
        );
    },
    unsubscribe: (name) => {
      pusher.channel(name)?.unbind();
      pusher.unsubscribe(name);
    },
    trigger: (channel, event, data) => {
      const subscribed = attempting ? pusher.channel(channel) : undefined;
      if (!subscribed) return false;
      const socket = connection.connection?.transport?.socket;
      if (socket?.readyState !== OPEN) return subscribed.trigger(event, data);
      // pusher-js would send the same in a timer, which comes after the page has painted: a frame late on every screen.
      socket.send(JSON.stringify({ event, channel, data }));
      return true;
    },
  };
};
