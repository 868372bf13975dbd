import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { createInkwireServer, type InkwireServer } from '@inkwire/server';
import { serveBuiltPage } from './browser/built-page.js';
import { putEmptyDatabase } from './server/empty-database.js';

/** Pages with nothing but the transport in them, a server and a local Pusher, all in this process. */
export interface TransportSystem {
  readonly pusher: LocalPusher;
  readonly server: InkwireServer;
  /** The page of `person` with these boards open; `project` is a channel whose events it hears. */
  address(person: string, boards: readonly string[], project?: string): string;
  /** Takes the server and Pusher away; pages can still be loaded. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
}

const SECRET = 'a secret of the tests alone';

export async function startTransportSystem(): Promise<TransportSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'inkwire-tabs-'));
  putEmptyDatabase(join(folder, 'database'));
  let pusher = await startLocalPusher();
  const { port: pusherPort, key, secret, appId } = pusher;
  let httpPort = 0;

  const startServer = async (): Promise<{ inkwire: InkwireServer; http: Server }> => {
    const inkwire = await createInkwireServer({
      database: join(folder, 'database'),
      secret: SECRET,
      pusher: { appId, key, secret, host: '127.0.0.1', port: pusherPort },
      authenticate: (request) => {
        const id = request.headers.get('authorization')?.replace('Bearer ', '');
        return id ? { id } : null;
      },
      access: () => 'write',
    });
    const http = createHttpServer(getRequestListener(inkwire.fetch));
    await new Promise<void>((resolve) => http.listen(httpPort, '127.0.0.1', resolve));
    httpPort = (http.address() as AddressInfo).port;
    return { inkwire, http };
  };
  let running: Awaited<ReturnType<typeof startServer>> | null = await startServer();

  const stopServer = async (): Promise<void> => {
    if (!running) return;
    const { inkwire, http } = running;
    running = null;
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
    await inkwire.close();
  };

  const pages = await serveBuiltPage(new URL('./transport-page/', import.meta.url), {
    pages: ['index.html', 'editors.html'],
    inkwire: `http://127.0.0.1:${httpPort}`,
  });

  return {
    get pusher() {
      return pusher;
    },
    get server() {
      if (!running) throw new Error('The server is offline.');
      return running.inkwire;
    },
    address: (person, boards, project) => {
      const query = new URLSearchParams({ person, key, port: String(pusherPort) });
      for (const board of boards) query.append('board', board);
      if (project !== undefined) query.set('project', project);
      return new URL(`/?${query}`, pages.url).href;
    },
    goOffline: async () => {
      await Promise.all([stopServer(), pusher.close()]);
    },
    goOnline: async () => {
      pusher = await startLocalPusher({ port: pusherPort });
      running = await startServer();
    },
    stop: async () => {
      await pages.close();
      await stopServer();
      await pusher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
