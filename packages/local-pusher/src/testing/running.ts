import { onTestFinished } from 'vitest';
import { type LocalPusher, type LocalPusherOptions, startLocalPusher } from '../server/local-pusher.js';
import {
  type Client,
  type ClientIdentity,
  connectWire,
  createClient,
  openWire,
  type Wire,
} from './clients.js';

/** Runs `end` after the test, before what was started earlier. */
export function atEnd(end: () => unknown): void {
  // Not by a hook of this module: it is loaded once for many files, and the hook would be the first one's.
  onTestFinished(async () => {
    await end();
  });
}

/** Starts a server that ends with the test. */
export async function start(options?: LocalPusherOptions): Promise<LocalPusher> {
  const pusher = await startLocalPusher(options);
  atEnd(() => pusher.close());
  return pusher;
}

/** A pusher-js client that ends with the test. */
export function client(pusher: LocalPusher, identity?: ClientIdentity): Client {
  const created = createClient(pusher, identity);
  atEnd(() => created.disconnect());
  return created;
}

/** A bare WebSocket that ends with the test. */
export function wire(pusher: LocalPusher, address?: string): Wire {
  const opened = openWire(pusher, address);
  atEnd(() => opened.socket.terminate());
  return opened;
}

/** A bare WebSocket after its handshake. */
export async function connected(pusher: LocalPusher): Promise<{ wire: Wire; socketId: string }> {
  const connection = await connectWire(pusher);
  atEnd(() => connection.wire.socket.terminate());
  return connection;
}
