import { digestOf } from '@inkwire/core';
import * as Y from 'yjs';
import { hasCauses } from '../feed/causes.js';
import type { Replica } from '../feed/reader.js';
import { deletionOf } from '../feed/update-parts.js';

/**
 * Somebody can make an update that is well-formed and that Yjs fails on all the same. The server takes its content out of
 * the log when it notices; until then, what others did must not suffer from it.
 */
const applyIfPossible = (doc: Y.Doc, update: Uint8Array, origin: unknown): void => {
  try {
    Y.applyUpdate(doc, update, origin);
  } catch {
    // The digests differ now, and the document is repaired from the log (F6).
  }
};

/** A Y.Doc as the feed sees it. Transactions that it makes have the origin `origin`. */
export const createYjsReplica = (doc: Y.Doc, origin: unknown): Replica => ({
  apply(updates) {
    try {
      doc.transact(() => {
        for (const update of updates) applyIfPossible(doc, update, origin);
      }, origin);
    } catch (error) {
      // Yjs would clean up after no transaction any more, nor tell of one, after one that it could not clean up.
      if (doc._transaction === null) doc._transactionCleanups = [];
      throw error;
    }
  },
  applySnapshot: (update) => Y.applyUpdateV2(doc, update, origin),
  takeAway: (ranges) => Y.applyUpdate(doc, deletionOf(ranges), origin),
  content: () => Y.encodeStateAsUpdateV2(doc),
  digest: () => digestOf(doc),
  clockOf: (client) => Y.getState(doc.store, client),
  hasCauses: (update) => hasCauses(doc, update),
});
