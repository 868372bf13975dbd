import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';

const MOST_GREETING = 200;

/** A WebSocket that only counts what it gets, so that receiving costs next to nothing. */
export interface CountingSocket {
  readonly socket: Socket;
  /** The first thing it was told, as far as it has arrived. */
  greeting(): string;
  /** Bytes received since the handshake, or since the last `reset`. */
  bytes(): number;
  reset(): void;
  /** Calls back once so many bytes are here. */
  has(bytes: number): Promise<void>;
}

export async function openCounting(port: number, path: string): Promise<CountingSocket> {
  const upgrade = request({
    host: '127.0.0.1',
    port,
    path,
    headers: {
      upgrade: 'websocket',
      connection: 'upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    },
  });
  upgrade.end();
  const [, socket, head] = (await once(upgrade, 'upgrade')) as [unknown, Socket, Buffer];
  socket.setNoDelay(true);
  let received = head.length;
  let greeting = head.toString('latin1');
  let waiting: { bytes: number; resolve: () => void } | undefined;

  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (greeting.length < MOST_GREETING) greeting += chunk.toString('latin1');
    if (waiting === undefined || received < waiting.bytes) return;
    waiting.resolve();
    waiting = undefined;
  });

  return {
    socket,
    greeting: () => greeting,
    bytes: () => received,
    reset() {
      received = 0;
    },
    has: (bytes) =>
      new Promise((resolve) => {
        if (received >= bytes) resolve();
        else waiting = { bytes, resolve };
      }),
  };
}

/** A text frame from a client. The mask is zero, which leaves the payload as it is. */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 65_535) throw new RangeError('a benchmark frame has at most 65,535 bytes');
  const header = payload.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
  header[0] = 0x81;
  header[1] = 0x80 | Math.min(payload.length, 126);
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

/** How long the frame is that a server sends for so many bytes of text. */
export function serverFrameLength(payloadBytes: number): number {
  return payloadBytes + (payloadBytes < 126 ? 2 : 4);
}

/** The socket id in the greeting of a Pusher server. */
export async function readSocketId({ socket, greeting }: CountingSocket): Promise<string> {
  for (;;) {
    const socketId = /socket_id\\":\\"([\d.]+)/.exec(greeting())?.[1];
    if (socketId !== undefined) return socketId;
    await once(socket, 'data');
  }
}

export function subscribeFrame(socketId: string, channel: string): Buffer {
  const signature = createHmac('sha256', 'local-secret').update(`${socketId}:${channel}`).digest('hex');
  return clientFrame(
    JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth: `local-key:${signature}` } }),
  );
}
