import type { LocalPusher } from '@inkwire/local-pusher';
import * as pusherJs from 'pusher-js';
import type { Send } from './page.js';

/** pusher-js, whose types hide its constructor from Node's module resolution. */
const PusherJs = pusherJs.default as unknown as typeof pusherJs.default.default;

/** One browser's connection to Pusher, authorized by the server under test. */
export interface Subscriber {
  readonly pusher: InstanceType<typeof PusherJs>;
  /** Subscribes and resolves when that succeeded; rejects when it was refused. */
  subscribe(channel: string): Promise<pusherJs.Channel>;
  /** What arrived on a channel under an event name, oldest first, from `subscribe` on. */
  received<Data>(channel: string, event: string): Data[];
  close(): void;
}

const answerOf = async (response: Response): Promise<Record<string, string>> => {
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as Record<string, string>;
};

export const createSubscriber = (pusher: LocalPusher, send: Send, user: string): Subscriber => {
  const authorize = async (path: string, fields: Record<string, string>): Promise<Record<string, string>> =>
    answerOf(
      await send(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${user}` },
        body: new URLSearchParams(fields),
      }),
    );
  const client = new PusherJs(pusher.key, {
    cluster: '',
    wsHost: pusher.host,
    wsPort: pusher.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
      endpoint: '',
      transport: 'ajax',
      customHandler: ({ socketId, channelName }, callback) =>
        authorize('/pusher/auth', { socket_id: socketId, channel_name: channelName }).then(
          (answer) => callback(null, answer as never),
          (error: Error) => callback(error, null),
        ),
    },
    userAuthentication: {
      endpoint: '',
      transport: 'ajax',
      customHandler: ({ socketId }, callback) =>
        authorize('/pusher/user-auth', { socket_id: socketId }).then(
          (answer) => callback(null, answer as never),
          (error: Error) => callback(error, null),
        ),
    },
  });
  const arrived = new Map<string, unknown[]>();
  const inbox = (channel: string, event: string): unknown[] => {
    const key = JSON.stringify([channel, event]);
    const known = arrived.get(key) ?? [];
    arrived.set(key, known);
    return known;
  };
  return {
    pusher: client,
    subscribe: (name) =>
      new Promise((resolve, reject) => {
        const channel = client.subscribe(name);
        channel.bind_global((event: string, data: unknown) => inbox(name, event).push(data));
        channel.bind('pusher:subscription_succeeded', () => resolve(channel));
        channel.bind('pusher:subscription_error', reject);
      }),
    received: <Data>(channel: string, event: string) => inbox(channel, event) as Data[],
    close: () => client.disconnect(),
  };
};
