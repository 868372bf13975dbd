import { once } from 'node:events';
import type { Playground } from '@inkwire/playground';
import { WebSocket } from 'ws';

/** A connection to local Pusher that says whatever a test wants, as a page that is not ours could. */
export interface RawSocket {
  readonly socketId: string;
  send(message: unknown): void;
  /** The next message of that event, its data parsed; messages of other events are passed over. */
  next(event: string): Promise<Record<string, unknown>>;
  close(): void;
}

interface Message {
  readonly event: string;
  readonly data?: unknown;
}

export async function openRawSocket({ addresses, pusher }: Playground): Promise<RawSocket> {
  const { host } = addresses['local Pusher'];
  const socket = new WebSocket(`ws://${host}/app/${pusher.key}?protocol=7&client=test&version=1.0.0`);
  const unread: Message[] = [];
  const readers = new Set<() => void>();
  socket.on('message', (text) => {
    unread.push(JSON.parse(String(text)) as Message);
    for (const reader of readers) reader();
  });
  await once(socket, 'open');

  const next = async (event: string) => {
    for (;;) {
      const message = unread.shift();
      if (!message) {
        await new Promise<void>((resolve) => {
          const reader = () => {
            readers.delete(reader);
            resolve();
          };
          readers.add(reader);
        });
      } else if (message.event === event) {
        const { data } = message;
        return (typeof data === 'string' ? JSON.parse(data) : data) as Record<string, unknown>;
      }
    }
  };
  const established = await next('pusher:connection_established');
  return {
    socketId: String(established.socket_id),
    send: (message) => socket.send(JSON.stringify(message)),
    next,
    close: () => socket.close(),
  };
}
