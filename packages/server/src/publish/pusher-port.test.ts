import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPusher } from './pusher-port.js';

const LIMIT_MS = 150;

describe('a Pusher whose answers do not end', () => {
  /** What the server says to each request, before it says nothing more. */
  let say: (socket: Socket) => void;
  let server: Server;
  const open = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => open.delete(socket));
      socket.once('data', () => say(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  const trigger = (): Promise<unknown> => {
    const { port } = server.address() as AddressInfo;
    const app = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port };
    return createPusher(app, LIMIT_MS).trigger('private-user-ana', 'e', {});
  };

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    [
      'stops in the middle of what it refuses with',
      (socket) => socket.write('HTTP/1.1 500 Error\r\ncontent-length: 100\r\n\r\nhalf'),
    ],
    [
      'refuses for ever, a byte at a time',
      (socket) => {
        socket.write('HTTP/1.1 413 Too large\r\ntransfer-encoding: chunked\r\n\r\n');
        const drip = setInterval(() => socket.write('1\r\nx\r\n'), 10);
        socket.once('close', () => clearInterval(drip));
      },
    ],
  ])('L5: an answer that %s is a failure when its time is over', async (_how, answer) => {
    say = answer;
    await expect(trigger()).rejects.toThrow();
    await expect.poll(() => open.size, { interval: 5 }).toBe(0);
  });

  it('L5: an acceptance counts, and its connection is let go', async () => {
    say = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{');
    expect(await trigger()).toMatchObject({ status: 200 });
    await expect.poll(() => open.size, { interval: 5 }).toBe(0);
  });
});
