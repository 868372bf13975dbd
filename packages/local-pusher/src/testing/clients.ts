import { once } from 'node:events';
import Backend from 'pusher';
import * as pusherJs from 'pusher-js';
import { WebSocket } from 'ws';
import { isRecord, parseJson } from '../protocol/message.js';
import type { LocalPusher } from '../server/local-pusher.js';

/** pusher-js, whose types hide its constructor from Node's module resolution. */
const PusherJs = pusherJs.default as unknown as typeof pusherJs.default.default;
export type Client = InstanceType<typeof PusherJs>;

const ENCRYPTION_MASTER_KEY = Buffer.alloc(32, 'local').toString('base64');

/** The real server library, as an app's backend uses it. */
export function createBackend(pusher: LocalPusher): Backend {
  const { appId, key, secret, host } = pusher;
  const port = String(pusher.port);
  return new Backend({ appId, key, secret, host, port, encryptionMasterKeyBase64: ENCRYPTION_MASTER_KEY });
}

export interface ClientIdentity {
  userId?: string;
  userInfo?: Record<string, unknown>;
  watchlist?: string[];
  options?: Partial<pusherJs.Options>;
}

/** The real client library, authorized by the real server library, as `identity.userId`. */
export function createClient(pusher: LocalPusher, identity: ClientIdentity = {}): Client {
  const backend = createBackend(pusher);
  const { userId: id = 'ana', userInfo, watchlist, options } = identity;
  return new PusherJs(pusher.key, {
    cluster: '',
    wsHost: pusher.host,
    wsPort: pusher.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    disableStats: true,
    channelAuthorization: {
      endpoint: '',
      transport: 'ajax',
      customHandler({ socketId, channelName }, callback) {
        const member = channelName.startsWith('presence-')
          ? { user_id: id, user_info: userInfo ?? {} }
          : undefined;
        callback(null, backend.authorizeChannel(socketId, channelName, member));
      },
    },
    userAuthentication: {
      endpoint: '',
      transport: 'ajax',
      customHandler({ socketId }, callback) {
        const user = { id, user_info: userInfo ?? {}, ...(watchlist && { watchlist }) };
        callback(null, backend.authenticateUser(socketId, user));
      },
    },
    ...options,
  });
}

interface Bindable {
  bind(event: string, callback: (...values: never[]) => void): unknown;
  unbind(event: string, callback: (...values: never[]) => void): unknown;
}

/** The next `event` on a pusher-js channel, user or connection: its data, and who sent it. */
export function nextEvent<Data>(target: Bindable, event: string): Promise<{ data: Data; userId?: string }> {
  return new Promise((resolve) => {
    const listen = (data: Data, metadata?: { user_id?: string }) => {
      target.unbind(event, listen);
      resolve({ data, ...(metadata?.user_id !== undefined && { userId: metadata.user_id }) });
    };
    target.bind(event, listen);
  });
}

export interface WireMessage {
  event: string;
  channel?: string;
  data?: unknown;
  user_id?: string;
}

/** A bare WebSocket, to see and send what the libraries would not. */
export interface Wire {
  readonly socket: WebSocket;
  /** The next message that has not been taken, of `event` if given; others stay. */
  next(event?: string): Promise<WireMessage>;
  /** Messages that have not been taken. */
  readonly waiting: WireMessage[];
  send(message: unknown): void;
  readonly closed: Promise<{ code: number; reason: string }>;
}

export function openWire(pusher: LocalPusher, address = `/app/${pusher.key}?protocol=7`): Wire {
  const socket = new WebSocket(`ws://${pusher.host}:${pusher.port}${address}`);
  const waiting: WireMessage[] = [];
  const arrivals = new EventTarget();
  socket.on('message', (data) => {
    waiting.push(JSON.parse(String(data)));
    arrivals.dispatchEvent(new Event('message'));
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });

  async function next(event?: string): Promise<WireMessage> {
    for (;;) {
      const index = waiting.findIndex((message) => event === undefined || message.event === event);
      if (index >= 0) return waiting.splice(index, 1)[0]!;
      await Promise.race([
        once(arrivals, 'message'),
        closed.then(({ code }) =>
          Promise.reject(new Error(`closed with ${code} while waiting for ${event}`)),
        ),
      ]);
    }
  }

  return {
    socket,
    waiting,
    next,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

/** Opens a wire and takes the handshake: the socket id that signatures need. */
export async function connectWire(pusher: LocalPusher): Promise<{ wire: Wire; socketId: string }> {
  const wire = openWire(pusher);
  const { data } = await wire.next('pusher:connection_established');
  const established = parseJson(String(data));
  if (!isRecord(established)) throw new Error(`no handshake: ${data}`);
  return { wire, socketId: String(established.socket_id) };
}
