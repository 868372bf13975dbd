import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import type { Peer } from './transport-peer.js';
import { openProviderRoom } from './transport-provider-room.js';

const SERVER = fileURLToPath(new URL('./transport-hocuspocus-server.js', import.meta.url));

/** Hocuspocus with its Database extension, which stores 2 s after the last change, or 10 s after the first, as by default. */
export const hocuspocus: Peer = {
  name: 'Hocuspocus (Database)',
  open: (folder) =>
    openProviderRoom(
      SERVER,
      { FOLDER: join(folder, 'hocuspocus') },
      ({ url, document, board, WebSocket }) => {
        const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
        const provider = new HocuspocusProvider({ name: document, document: board.doc, websocketProvider });
        provider.attach();
        return {
          movePen: (stroke, points) => provider.setAwarenessField('pen', { stroke, at: points.at(-1) }),
          get synced() {
            return provider.isSynced && !provider.hasUnsyncedChanges;
          },
          end: () => {
            provider.destroy();
            websocketProvider.destroy();
          },
        };
      },
    ),
};
