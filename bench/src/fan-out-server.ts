import { startLocalPusher } from '@inkwire/local-pusher';
import { WebSocket, WebSocketServer } from 'ws';

/** A process of its own for the server under test, so that its clients do not slow it down. */
const [, , kind] = process.argv;
process.send?.(kind === 'local-pusher' ? await startOurs() : await startPlain());

async function startOurs(): Promise<number> {
  const pusher = await startLocalPusher({ limits: { clientEventsPerSecond: Number.POSITIVE_INFINITY } });
  return pusher.port;
}

/** The least that a broadcast can be: what one client sends goes to all others as it is. */
async function startPlain(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (sender) => {
    sender.on('message', (data, isBinary) => {
      for (const client of server.clients) {
        if (client !== sender && client.readyState === WebSocket.OPEN)
          client.send(data, { binary: isBinary });
      }
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
