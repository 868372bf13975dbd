import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebsocketProvider } from 'y-websocket';
import type { Peer } from './transport-peer.js';
import { openProviderRoom } from './transport-provider-room.js';

/** The program that its documentation starts. */
const SERVER = fileURLToPath(
  new URL('./src/server.js', import.meta.resolve('@y/websocket-server/package.json')),
);

/** y-websocket with its own server, which stores in LevelDB as its documentation shows (by default it stores nothing). */
export const yWebsocket: Peer = {
  name: 'y-websocket (LevelDB)',
  open: (folder) =>
    openProviderRoom(
      SERVER,
      { YPERSISTENCE: join(folder, 'y-websocket') },
      ({ url, document, board, WebSocket }) => {
        const provider = new WebsocketProvider(url, document, board.doc, {
          WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
          // Members of one process are to meet by the network alone.
          disableBc: true,
        });
        return {
          movePen: (stroke, points) =>
            provider.awareness.setLocalStateField('pen', { stroke, at: points.at(-1) }),
          get synced() {
            return provider.synced;
          },
          end: () => provider.destroy(),
        };
      },
    ),
};
