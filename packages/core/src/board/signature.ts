import * as Y from 'yjs';
import type { Layout } from './layout.js';

/** What a signature is stored under in the document's `meta`, before the writer in base 36. */
const PREFIX = 'd/';

/**
 * Signs a transaction of this document's own, at its end. An update of Yjs says who wrote something, but not who deleted:
 * one that only deletes, a few letters say, gets a write without a meaning, so that others can tell whose work it is (C9).
 * Each writer has a key of their own: a signature then builds on nothing that anybody else wrote.
 */
export const sign = ({ meta }: Layout, { doc, beforeState, deleteSet }: Y.Transaction): void => {
  const { clientID } = doc;
  const wrote = Y.getState(doc.store, clientID) > (beforeState.get(clientID) ?? 0);
  if (!wrote && deleteSet.clients.size > 0) meta.set(`${PREFIX}${clientID.toString(36)}`, 0);
};

/** Whose work a transaction is: the clients that wrote something in it, the smallest first. */
export const writersOf = ({ local, doc, beforeState, afterState }: Y.Transaction): readonly number[] => {
  if (local) return [doc.clientID];
  const writers: number[] = [];
  for (const [client, clock] of afterState) {
    if (clock > (beforeState.get(client) ?? 0)) writers.push(client);
  }
  return writers.sort((a, b) => a - b);
};
