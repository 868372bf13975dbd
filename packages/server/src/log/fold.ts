import type { Database } from './database.js';
import type { FoldThread, RemoteDocument } from './fold-thread.js';
import { othersTurn } from './others-turn.js';
import { type LogRow, readRest, readRows } from './rows.js';
import { readSnapshot, type SnapshotInfo } from './snapshot.js';
import { partsIn } from './snapshot-parts.js';

/** A document at one sequence of a log. Whoever asked for it closes it. */
export interface Folded {
  readonly doc: RemoteDocument;
  readonly seq: number;
}

/** A row on which Yjs fails, or that it cannot take in as a whole. */
export class UnfoldableRow extends Error {
  readonly code = 'unfoldable';
  readonly seq: number;

  constructor(seq: number) {
    super(`Row ${seq} of the log cannot be folded.`);
    this.name = 'UnfoldableRow';
    this.seq = seq;
  }
}

/**
 * Builds the document at `until` from what the log holds and nothing else: the snapshot, or an empty document, and the
 * rows after it. Deleted content is dropped on the way.
 *
 * @throws {UnfoldableRow} naming the first row that Yjs fails on
 */
export const foldLog = async (
  database: Database,
  thread: FoldThread,
  channel: number,
  snapshot: SnapshotInfo | undefined,
  until: number,
): Promise<Folded> => {
  const fold = async (isTogether: boolean): Promise<Folded> => {
    const doc = thread.open();
    try {
      if (snapshot) await doc.applySnapshot(await wholeSnapshot(database, channel, snapshot));
      return await foldFurther(database, channel, { doc, seq: snapshot?.seq ?? 0 }, until, isTogether);
    } catch (error) {
      doc.close();
      throw error;
    }
  };
  try {
    return await fold(true);
  } catch (error) {
    if (!(error instanceof UnfoldableRow)) throw error;
    // One by one they show which it was; or each by itself is fine.
    return fold(false);
  }
};

/** Brings a folded document up to a later sequence. */
export const foldFurther = async (
  database: Database,
  channel: number,
  { doc, seq }: Folded,
  until: number,
  isTogether = true,
): Promise<Folded> => {
  for await (const page of readRows(database, channel, seq, until)) {
    const updates = await Promise.all(page.map((row) => wholeUpdate(database, channel, row)));
    const failed = await doc.applyRows(updates, isTogether);
    const row = failed === null ? undefined : page[failed];
    if (row) throw new UnfoldableRow(row.entry.seq);
  }
  return { doc, seq: until };
};

const wholeUpdate = async (database: Database, channel: number, row: LogRow): Promise<Uint8Array> => {
  const { update } = row.entry;
  if (update.length === row.length) return update;
  const pieces = [update];
  for await (const piece of readRest(database, channel, row)) pieces.push(piece);
  return Buffer.concat(pieces);
};

const wholeSnapshot = async (
  database: Database,
  channel: number,
  snapshot: SnapshotInfo,
): Promise<Uint8Array> => {
  const update = new Uint8Array(snapshot.length);
  let position = 0;
  for await (const part of readSnapshot(partsIn(database), channel, snapshot)) {
    await othersTurn();
    update.set(part, position);
    position += part.length;
  }
  return update;
};
