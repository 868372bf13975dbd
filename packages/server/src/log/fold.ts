import * as Y from 'yjs';
import type { Database } from './database.js';
import { readRows } from './rows.js';
import { readSnapshot, type SnapshotInfo } from './snapshot.js';

/** A document at one sequence of a log. */
export interface Folded {
  readonly doc: Y.Doc;
  readonly seq: number;
}

/** Lets requests through between two steps of a long computation. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Builds the document at `until` from what the log holds and nothing else: the snapshot, or an empty document, and the
 * rows after it. Deleted content is dropped on the way.
 *
 * @throws {Error} when something is left pending: then the log is not causally complete, and must not be compacted
 */
export const foldLog = async (
  database: Database,
  channel: number,
  snapshot: SnapshotInfo | undefined,
  until: number,
): Promise<Folded> => {
  const doc = new Y.Doc({ gc: true });
  if (snapshot) Y.applyUpdateV2(doc, await wholeSnapshot(database, channel, snapshot));
  const folded = { doc, seq: snapshot?.seq ?? 0 };
  return foldFurther(database, channel, folded, until);
};

/** Brings a folded document up to a later sequence. */
export const foldFurther = async (
  database: Database,
  channel: number,
  { doc, seq }: Folded,
  until: number,
): Promise<Folded> => {
  for await (const page of readRows(database, channel, seq, until)) {
    await breathe();
    doc.transact(() => {
      for (const { entry } of page) Y.applyUpdate(doc, entry.update);
    });
  }
  if (doc.store.pendingStructs || doc.store.pendingDs)
    throw new Error(`The log at ${until} leaves updates pending.`);
  return { doc, seq: until };
};

const wholeSnapshot = async (
  database: Database,
  channel: number,
  snapshot: SnapshotInfo,
): Promise<Uint8Array> => {
  const update = new Uint8Array(snapshot.length);
  let position = 0;
  for await (const part of readSnapshot(database, channel, snapshot)) {
    update.set(part, position);
    position += part.length;
  }
  return update;
};
