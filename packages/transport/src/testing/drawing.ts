import { addElement, type Board, type ElementId, newElementId } from '@inkwire/core';
import * as Y from 'yjs';
import type { Client } from './rig.js';

/** Draws a short stroke and returns its id. */
export const draw = (board: Board, points = 5, id = newElementId()): ElementId => {
  board.commit(
    addElement(board, {
      kind: 'stroke',
      id,
      tool: 'pen',
      color: 'ink',
      width: 4,
      points: Array.from({ length: points }, (_, index) => ({ x: index * 7, y: Math.sin(index) * 20 })),
    }),
  );
  return id;
};

/** Whether two documents hold the same, deletions included. */
export const sameContent = (a: Y.Doc, b: Y.Doc): boolean =>
  Buffer.from(Y.encodeStateAsUpdate(a)).equals(Buffer.from(Y.encodeStateAsUpdate(b)));

/** Resolves when `holds` does; looks again whenever something happens to one of the clients. */
export const until = async (
  clients: readonly Client[],
  what: string,
  holds: () => boolean,
): Promise<void> => {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const stops: (() => void)[] = [];
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      settle();
    };
    const look = (): void => {
      if (holds()) end(resolve);
    };
    const timer = setTimeout(() => {
      const seen = clients.map(({ connection, board, errors }) =>
        JSON.stringify({ ...connection.status, elements: board.size, errors }),
      );
      end(() => reject(new Error(`Waited 60 s for: ${what}\n${seen.join('\n')}`)));
    }, 60_000);
    for (const { connection, board } of clients) {
      stops.push(connection.on('status', look), connection.presence.subscribe(look));
      stops.push(connection.on('error', look));
      board.doc.on('afterTransaction', look);
      stops.push(() => board.doc.off('afterTransaction', look));
    }
  });
};

/** Resolves when all clients are saved, level and equal. */
export const converged = (clients: readonly Client[]): Promise<void> =>
  until(clients, 'all saved and equal', () =>
    clients.every(
      ({ connection, board }) =>
        connection.status.saving === 'saved' &&
        connection.status.level &&
        sameContent(board.doc, (clients[0] as Client).board.doc),
    ),
  );
