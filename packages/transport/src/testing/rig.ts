import { appendFileSync, cpSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Board, createBoard } from '@inkwire/core';
import { type LocalPusher, type LocalPusherOptions, startLocalPusher } from '@inkwire/local-pusher';
import {
  createInkwireServer,
  type InkwireServer,
  type InkwireServerOptions,
  type Role,
  type Timer,
} from '@inkwire/server';
import { type BoardConnection, connectBoard } from '../board/connect-board.js';
import type { ConnectOptions, TransportOptions } from '../board/options.js';
import type { Page, PageEvent } from '../page.js';

/** A page whose events a test makes. */
export interface ManualPage extends Page {
  say(event: PageEvent): void;
  readonly listening: number;
}

export const createManualPage = (): ManualPage => {
  const listeners = new Set<readonly [PageEvent, () => void]>();
  return {
    on: (event, listener) => {
      const pair = [event, listener] as const;
      listeners.add(pair);
      return () => listeners.delete(pair);
    },
    say: (event) => {
      for (const [name, listener] of [...listeners]) if (name === event) listener();
    },
    get listening() {
      return listeners.size;
    },
  };
};

export interface Client {
  readonly board: Board;
  readonly connection: BoardConnection;
  readonly page: ManualPage;
  readonly errors: string[];
}

export interface ClientOptions extends Partial<Omit<ConnectOptions, 'user'>> {
  readonly user?: string;
}

/** A server and a local Pusher on free ports, which can be stopped and started again on the same ones. */
export interface Rig {
  readonly pusher: LocalPusher;
  readonly server: InkwireServer;
  readonly address: string;
  /** What `user` may do; default write. */
  readonly roles: Map<string, Role | null>;
  /** The options that connect `user`. */
  options(user: string): TransportOptions;
  /** Joins a board as `user`, who is sent as bearer. */
  client(board: string, options?: ClientOptions): Client;
  stopPusher(): Promise<void>;
  startPusher(): Promise<void>;
  stopServer(): Promise<void>;
  /** The server dies and another one starts: what was on its way is not answered, what was stored is not announced. */
  replaceKilledServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Copies the database of the stopped server; returns what puts that copy in the place of the database. */
  backUp(): Promise<() => Promise<void>>;
  /** Ends the clients of one test, or of one board. */
  endClients(board?: string): Promise<void>;
  close(): Promise<void>;
}

const systemTimer: Timer = (ms, work) => {
  const handle = setTimeout(work, ms);
  return () => clearTimeout(handle);
};

const SECRET = 'a secret of the tests alone';

export const startRig = async (
  pusherOptions: LocalPusherOptions = {},
  serverOptions: Partial<InkwireServerOptions> = {},
): Promise<Rig> => {
  const folder = await mkdtemp(join(tmpdir(), 'inkwire-transport-'));
  // Setting up a database takes seconds: a run of the tests prepares one, and everybody starts from a copy of it.
  const prepared = process.env.INKWIRE_EMPTY_DATABASE;
  if (prepared !== undefined) {
    cpSync(prepared, folder, { recursive: true });
    // Nobody cuts the power here, and where others write too, waiting for the disk takes longer than all the rest.
    appendFileSync(join(folder, 'postgresql.conf'), 'fsync = off\n');
  }
  const roles = new Map<string, Role | null>();
  let pusher = await startLocalPusher(pusherOptions);
  const { port: pusherPort, key, secret, appId } = pusher;
  let clients: (Client & { readonly on: string })[] = [];
  let serverPort = 0;
  let restored = false;

  const startServer = async () => {
    let killed = false;
    const { timer = systemTimer } = serverOptions;
    const inkwire = await createInkwireServer({
      database: folder,
      secret: SECRET,
      pusher: { appId, key, secret, host: '127.0.0.1', port: pusherPort },
      authenticate: (request) => {
        const id = request.headers.get('authorization')?.replace('Bearer ', '');
        return id ? { id, name: id.toUpperCase(), color: '#336699' } : null;
      },
      access: ({ id }) => (roles.has(id) ? (roles.get(id) ?? null) : 'write'),
      // What fails here fails on purpose.
      report: () => {},
      restored,
      ...serverOptions,
      timer: (ms, work) => timer(ms, () => !killed && work()),
    });
    const kill = (): void => {
      killed = true;
    };
    const listener = await new Promise<ReturnType<typeof serve>>((resolve) => {
      const started = serve({ fetch: inkwire.fetch, port: serverPort, hostname: '127.0.0.1' }, () =>
        resolve(started),
      );
    });
    serverPort = (listener.address() as AddressInfo).port;
    return { inkwire, listener, kill };
  };
  let running = await startServer();

  const stopServer = async (): Promise<void> => {
    const closed = new Promise((resolve) => running.listener.close(resolve));
    (running.listener as { closeAllConnections?: () => void }).closeAllConnections?.();
    await closed;
    await running.inkwire.close();
  };

  const replaceKilledServer = async (): Promise<void> => {
    running.kill();
    // In this process its end has to be waited for; it tells nobody anything meanwhile.
    pusher.faults.stopHttp({ reset: true });
    await stopServer();
    pusher.faults.startHttp();
    running = await startServer();
  };

  const rig: Rig = {
    get pusher() {
      return pusher;
    },
    get server() {
      return running.inkwire;
    },
    get address() {
      return `http://127.0.0.1:${serverPort}`;
    },
    roles,
    options: (user) => ({
      server: rig.address,
      pusher: { key, wsHost: '127.0.0.1', wsPort: pusherPort, forceTLS: false },
      user: { id: user, name: user.toUpperCase(), color: '#336699' },
      headers: () => ({ authorization: `Bearer ${user}` }),
    }),
    client: (board, { user = 'ana', ...options } = {}) => {
      const page = createManualPage();
      const made = createBoard({ user });
      const errors: string[] = [];
      const connection = connectBoard(made, { ...rig.options(user), page, board, ...options });
      connection.on('error', (error) => errors.push(error.code));
      const client = { board: made, connection, page, errors };
      clients.push({ ...client, on: board });
      return client;
    },
    stopPusher: () => pusher.close(),
    startPusher: async () => {
      pusher = await startLocalPusher({ ...pusherOptions, port: pusherPort });
    },
    stopServer,
    replaceKilledServer,
    startServer: async () => {
      running = await startServer();
      restored = false;
    },
    backUp: async () => {
      const copy = `${folder}-copy`;
      await rm(copy, { recursive: true, force: true });
      await cp(folder, copy, { recursive: true });
      return async () => {
        await rm(folder, { recursive: true, force: true });
        await rename(copy, folder);
        restored = true;
      };
    },
    endClients: async (board) => {
      const ending = clients.filter((client) => board === undefined || client.on === board);
      clients = clients.filter((client) => !ending.includes(client));
      await Promise.all(ending.map(({ connection }) => connection.destroy()));
    },
    close: async () => {
      await rig.endClients();
      await stopServer();
      await pusher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
};
