import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBoard } from '@inkwire/core';
import { WebsocketProvider } from 'y-websocket';
import { createCountingSocket } from './transport-counting-socket.js';
import type { Peer } from './transport-peer.js';
import { run } from './transport-process.js';
import { openWire } from './transport-wire.js';

/** The program that its documentation starts. */
const SERVER = fileURLToPath(
  new URL('./src/server.js', import.meta.resolve('@y/websocket-server/package.json')),
);

/** y-websocket with its own server, which stores in LevelDB as its documentation shows (by default it stores nothing). */
export const yWebsocket: Peer = {
  name: 'y-websocket (LevelDB)',
  open: async (folder) => {
    const start = () => run(SERVER, { YPERSISTENCE: join(folder, 'y-websocket') });
    let server = await start();
    const wires = new Set<Awaited<ReturnType<typeof openWire>>>();
    return {
      join: async (document, user) => {
        const wire = await openWire(server.port);
        wires.add(wire);
        const socket = createCountingSocket();
        const board = createBoard({ user });
        const provider = new WebsocketProvider(`ws://127.0.0.1:${wire.port}`, document, board.doc, {
          WebSocketPolyfill: socket.CountingSocket as unknown as typeof globalThis.WebSocket,
          // Members of one process are to meet by the network alone.
          disableBc: true,
        });
        return {
          board,
          movePen: (stroke, points) =>
            provider.awareness.setLocalStateField('pen', { stroke, at: points.at(-1) }),
          get synced() {
            return provider.synced;
          },
          get sent() {
            return { messages: socket.messages, bytes: wire.sent };
          },
          leave: async () => {
            provider.destroy();
            // Its Awareness would go on looking for who is gone.
            board.doc.destroy();
          },
        };
      },
      kill: () => server.kill(),
      restart: async () => {
        server = await start();
        for (const wire of wires) wire.leadTo(server.port);
      },
      close: async () => {
        for (const wire of wires) wire.close();
        await server.kill();
      },
    };
  },
};
