import { join } from 'node:path';
import { createBoard, type ElementId } from '@inkwire/core';
import { startLocalPusher } from '@inkwire/local-pusher';
import { startChildServer } from '@inkwire/test/server/child-server';
import { connectBoard } from '@inkwire/transport';
import type { Peer } from './transport-peer.js';
import { openWire, type Wire } from './transport-wire.js';

/** Ours: the server in a process of its own, and Pusher, which is somebody else's and lives on when that is killed. */
export const inkwire: Peer = {
  name: 'inkwire',
  open: async (folder) => {
    const pusher = await startLocalPusher();
    const { appId, key, secret } = pusher;
    const start = () =>
      startChildServer(join(folder, 'inkwire'), { appId, key, secret, host: '127.0.0.1', port: pusher.port });
    let server = await start();
    const portOf = (): number => Number(new URL(server.url).port);
    const wires: Wire[] = [];
    return {
      join: async (name, user) => {
        const [http, socket] = await Promise.all([openWire(portOf()), openWire(pusher.port)]);
        wires.push(http);
        let requests = 0;
        const board = createBoard({ user });
        const connection = connectBoard(board, {
          board: name,
          server: `http://127.0.0.1:${http.port}`,
          pusher: { key, wsHost: '127.0.0.1', wsPort: socket.port, forceTLS: false },
          user: { id: user, name: user, color: '#336699' },
          headers: () => ({ authorization: `Bearer ${user}` }),
          fetch: (input, init) => {
            requests += 1;
            return fetch(input, init);
          },
        });
        const look = { tool: 'pen', color: 'ink', width: 3, opacity: 1 } as const;
        return {
          board,
          movePen: (stroke, points) => {
            const last = points.at(-1);
            if (last) connection.presence.setCursor([last.x, last.y]);
            connection.presence.drawLive({ id: stroke as ElementId, ...look, points });
          },
          get synced() {
            const { level, saving, access } = connection.status;
            return level && saving === 'saved' && access === 'write';
          },
          get sent() {
            const events = pusher.counters
              .rates()
              .filter(({ userIds }) => userIds.includes(user))
              .reduce((sum, { accepted }) => sum + accepted, 0);
            return { messages: requests + events, bytes: http.sent + socket.sent };
          },
          leave: async () => {
            await connection.destroy();
            socket.close();
          },
        };
      },
      kill: () => server.kill(),
      restart: async () => {
        server = await start();
        for (const wire of wires) wire.leadTo(portOf());
      },
      close: async () => {
        for (const wire of wires) wire.close();
        await server.kill();
        await pusher.close();
      },
    };
  },
};
