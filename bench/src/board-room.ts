import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Board, createBoard } from '@inkwire/core';
import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { createInkwireServer } from '@inkwire/server';
import { type BoardConnection, connectBoard, type Page, type PageEvent } from '@inkwire/transport';

export interface Person {
  readonly board: Board;
  readonly connection: BoardConnection;
  /** Tells the transport what a browser would. */
  say(event: PageEvent): void;
}

/** A server, a local Pusher with the limits of the hosted one, and people on boards, over sockets of this machine. */
export interface BoardRoom {
  readonly pusher: LocalPusher;
  /** Where the server is. */
  readonly address: string;
  join(board: string, user: string): Person;
  close(): Promise<void>;
}

const SECRET = 'a secret of the benchmark';

export const openBoardRoom = async (): Promise<BoardRoom> => {
  const folder = await mkdtemp(join(tmpdir(), 'inkwire-bench-'));
  const pusher = await startLocalPusher();
  const { appId, key, secret, port } = pusher;
  const server = await createInkwireServer({
    database: folder,
    secret: SECRET,
    pusher: { appId, key, secret, host: '127.0.0.1', port },
    authenticate: (request) => ({ id: request.headers.get('authorization') ?? '' }),
    access: () => 'write',
    limits: { entriesPerSecond: 1e6, bytesPerSecond: 1 << 30 },
    report: () => {},
  });
  const listener = serve({ fetch: server.fetch, port: 0, hostname: '127.0.0.1' });
  await once(listener, 'listening');
  const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const people: Person[] = [];

  return {
    pusher,
    address,
    join: (name, user) => {
      const listeners = new Set<readonly [PageEvent, () => void]>();
      const page: Page = {
        on: (event, listener) => {
          const pair = [event, listener] as const;
          listeners.add(pair);
          return () => listeners.delete(pair);
        },
      };
      const board = createBoard({ user });
      const connection = connectBoard(board, {
        board: name,
        server: address,
        pusher: { key, wsHost: '127.0.0.1', wsPort: port, forceTLS: false },
        user: { id: user, name: user, color: '#336699' },
        headers: () => ({ authorization: user }),
        page,
      });
      const person: Person = {
        board,
        connection,
        say: (said) => {
          for (const [event, listener] of listeners) if (event === said) listener();
        },
      };
      people.push(person);
      return person;
    },
    close: async () => {
      await Promise.all(people.map(({ connection }) => connection.destroy()));
      listener.close();
      await server.close();
      await pusher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
