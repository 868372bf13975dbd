import { type Board, createBoard } from '@inkwire/core';
import { type CountedSockets, createCountingSocket } from './transport-counting-socket.js';
import type { PeerMember, PeerRoom } from './transport-peer.js';
import { run } from './transport-process.js';
import { openWire, type Wire } from './transport-wire.js';

/** What a provider for Yjs is given to connect one member. */
export interface ProviderOptions {
  /** Where the server is, `ws://…`. */
  readonly url: string;
  readonly document: string;
  readonly board: Board;
  readonly WebSocket: CountedSockets['CountingSocket'];
}

/** A provider that connects one member. */
export interface Provider extends Pick<PeerMember, 'movePen' | 'synced'> {
  end(): void;
}

/**
 * A room of a server for Yjs, and of people who reach it through its provider.
 *
 * @param program the server, which listens on the PORT of its environment
 */
export const openProviderRoom = async (
  program: string,
  environment: Readonly<Record<string, string>>,
  connect: (options: ProviderOptions) => Provider,
): Promise<PeerRoom> => {
  let server = await run(program, environment);
  const wires: Wire[] = [];
  return {
    join: async (document, user) => {
      const wire = await openWire(server.port);
      wires.push(wire);
      const sockets = createCountingSocket();
      const board = createBoard({ user });
      const url = `ws://127.0.0.1:${wire.port}`;
      const provider = connect({ url, document, board, WebSocket: sockets.CountingSocket });
      return {
        board,
        movePen: provider.movePen,
        get synced() {
          return provider.synced;
        },
        get sent() {
          return { messages: sockets.messages, bytes: wire.sent };
        },
        leave: async () => {
          provider.end();
          // Its Awareness would go on looking for who is gone.
          board.doc.destroy();
        },
      };
    },
    kill: () => server.kill(),
    restart: async () => {
      server = await run(program, environment);
      for (const wire of wires) wire.leadTo(server.port);
    },
    close: async () => {
      for (const wire of wires) wire.close();
      await server.kill();
    },
  };
};
