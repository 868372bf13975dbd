import { afterEach } from 'vitest';
import { type LocalPusher, type LocalPusherOptions, startLocalPusher } from '../server/local-pusher.js';
import {
  type Client,
  type ClientIdentity,
  connectWire,
  createClient,
  openWire,
  type Wire,
} from './clients.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Runs `end` after the test, before what was started earlier. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}

/** Starts a server that ends with the test. */
export async function start(options?: LocalPusherOptions): Promise<LocalPusher> {
  const pusher = await startLocalPusher(options);
  ends.push(() => pusher.close());
  return pusher;
}

/** A pusher-js client that ends with the test. */
export function client(pusher: LocalPusher, identity?: ClientIdentity): Client {
  const created = createClient(pusher, identity);
  ends.push(() => created.disconnect());
  return created;
}

/** A bare WebSocket that ends with the test. */
export function wire(pusher: LocalPusher, address?: string): Wire {
  const opened = openWire(pusher, address);
  ends.push(() => opened.socket.terminate());
  return opened;
}

/** A bare WebSocket after its handshake. */
export async function connected(pusher: LocalPusher): Promise<{ wire: Wire; socketId: string }> {
  const connection = await connectWire(pusher);
  ends.push(() => connection.wire.socket.terminate());
  return connection;
}
