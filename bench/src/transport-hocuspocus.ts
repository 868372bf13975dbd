import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { createBoard } from '@inkwire/core';
import { createCountingSocket } from './transport-counting-socket.js';
import type { Peer } from './transport-peer.js';
import { run } from './transport-process.js';
import { openWire } from './transport-wire.js';

const SERVER = fileURLToPath(new URL('./transport-hocuspocus-server.js', import.meta.url));

/** Hocuspocus with its Database extension, which stores 2 s after the last change, or 10 s after the first, as by default. */
export const hocuspocus: Peer = {
  name: 'Hocuspocus (Database)',
  open: async (folder) => {
    const start = () => run(SERVER, { FOLDER: join(folder, 'hocuspocus') });
    let server = await start();
    const wires = new Set<Awaited<ReturnType<typeof openWire>>>();
    return {
      join: async (name, user) => {
        const wire = await openWire(server.port);
        wires.add(wire);
        const socket = createCountingSocket();
        const board = createBoard({ user });
        const websocketProvider = new HocuspocusProviderWebsocket({
          url: `ws://127.0.0.1:${wire.port}`,
          WebSocketPolyfill: socket.CountingSocket,
        });
        const provider = new HocuspocusProvider({ name, document: board.doc, websocketProvider });
        provider.attach();
        return {
          board,
          movePen: (stroke, points) => provider.setAwarenessField('pen', { stroke, at: points.at(-1) }),
          get synced() {
            return provider.isSynced && !provider.hasUnsyncedChanges;
          },
          get sent() {
            return { messages: socket.messages, bytes: wire.sent };
          },
          leave: async () => {
            provider.destroy();
            websocketProvider.destroy();
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
