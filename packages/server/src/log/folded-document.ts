import { digestOf, purgeRemoved } from '@inkwire/core';
import * as Y from 'yjs';

/** A document while it is built from a log: what only Yjs can do with it. */
export interface FoldedDocument {
  /** Takes in a snapshot (V2). */
  applySnapshot(update: Uint8Array): void;
  /**
   * Takes in updates, as one transaction or each as its own; deleted content is dropped on the way.
   *
   * @returns the index of the first one that Yjs fails on or cannot take in whole; null when there is none. Where they
   *   were applied together that is the last one, and when there is one, the document is lost.
   */
  applyRows(updates: readonly Uint8Array[], isTogether: boolean): number | null;
  /** Deletes what was removed before `before`, and returns the update that does so; null when nothing was. */
  purge(before: number): Uint8Array | null;
  /** Everything in it (V2). */
  snapshot(): Uint8Array;
  /** What a document with the state vector `vector` lacks (V2). */
  difference(vector: Uint8Array): Uint8Array;
  digest(): string;
}

export const createFoldedDocument = (): FoldedDocument => {
  const doc = new Y.Doc({ gc: true });
  const isWhole = (): boolean => doc.store.pendingStructs === null && doc.store.pendingDs === null;
  const apply = (updates: readonly Uint8Array[]): boolean => {
    try {
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update);
      });
      return isWhole();
    } catch {
      return false;
    }
  };
  return {
    applySnapshot: (update) => Y.applyUpdateV2(doc, update),
    applyRows(updates, isTogether) {
      if (isTogether) return apply(updates) ? null : updates.length - 1;
      const failed = updates.findIndex((update) => !apply([update]));
      return failed < 0 ? null : failed;
    },
    purge(before) {
      const updates: Uint8Array[] = [];
      const collect = (update: Uint8Array): number => updates.push(update);
      doc.on('update', collect);
      purgeRemoved(doc, before);
      doc.off('update', collect);
      return updates[0] ?? null;
    },
    snapshot: () => Y.encodeStateAsUpdateV2(doc),
    difference: (vector) => Y.encodeStateAsUpdateV2(doc, vector),
    digest: () => digestOf(doc),
  };
};
