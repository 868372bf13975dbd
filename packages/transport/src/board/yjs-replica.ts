import { digestOf } from '@inkwire/core';
import * as Y from 'yjs';
import { hasCauses } from '../feed/causes.js';
import type { Replica } from '../feed/reader.js';
import { deletionOf, rangesOf } from '../feed/split-update.js';

/** A Y.Doc as the feed sees it. Transactions that it makes have the origin `origin`. */
export const createYjsReplica = (doc: Y.Doc, origin: unknown): Replica => ({
  apply: (updates) =>
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origin);
    }, origin),
  applySnapshot: (update) => Y.applyUpdateV2(doc, update, origin),
  takeAway: (updates) => Y.applyUpdate(doc, deletionOf(updates.flatMap(rangesOf)), origin),
  content: () => Y.encodeStateAsUpdateV2(doc),
  digest: () => digestOf(doc),
  hasCauses: (update) => hasCauses(doc, update),
});
