import { encodeLogPart, encodeLogPartStart, type LogHeader } from '@inkwire/core';
import type { Database } from './database.js';
import type { Fold } from './quarantine.js';
import {
  type HistoryRequest,
  planHistory,
  planRead,
  type ReadPlan,
  stateOf,
  writersOf,
} from './read-plan.js';
import { type LogRow, readRest, readRows, TrimmedError } from './rows.js';
import { readSnapshot, sessionsUpTo } from './snapshot.js';
import { keepParts, partsIn } from './snapshot-parts.js';

/** From where to read. */
export interface ReadRequest {
  /** Rows after this sequence; 0 for the whole log. */
  readonly after: number;
  /** The history that `after` counts in; the read starts over when the log's is another. */
  readonly epoch?: string;
  /** A Yjs state vector: the answer is then what a document with it lacks, in one piece. */
  readonly vector?: Uint8Array;
}

export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;

/** Reads logs: the parts of an answer, encoded, as a client takes them. */
export interface LogReader {
  read(channel: number, request: ReadRequest): Chunks;
  /** The nearest snapshot at or below `from`, then the rows up to `until` with their times. */
  history(channel: number, request: HistoryRequest): Chunks;
}

/** How often a read that a compaction overtook before its first rows looks again. */
const ATTEMPTS = 5;

export const createLogReader = (database: Database, fold: Fold): LogReader => {
  const readPart = keepParts(partsIn(database));

  /** Plans an answer and takes its beginning: until that is here, a compaction may drop what it was planned on. */
  const open = async (channel: number, plan: () => Promise<ReadPlan>) => {
    for (let attempt = 1; ; attempt += 1) {
      const planned = await plan();
      const { snapshot, start, until } = planned;
      const parts = snapshot && readSnapshot(readPart, channel, snapshot);
      const pages = readRows(database, channel, start, until);
      try {
        return { ...planned, parts, firstPart: await parts?.next(), pages, firstPage: await pages.next() };
      } catch (error) {
        if (!(error instanceof TrimmedError) || attempt === ATTEMPTS) throw error;
      }
    }
  };

  async function* readPlanned(channel: number, plan: () => Promise<ReadPlan>, isDated: boolean): Chunks {
    const { header, snapshot, parts, firstPart, pages, firstPage } = await open(channel, plan);
    const start = encodeLogPart({ type: 'header', header });
    if (snapshot && parts && firstPart) {
      // Joined, so that what is shared is never handed out, and a small board is one piece.
      const { seq, length } = snapshot;
      const snapshotStart = encodeLogPartStart({ type: 'snapshot', seq, update: NOTHING }, length);
      yield joined([start, snapshotStart, firstPart.value ?? NOTHING]);
      for await (const part of parts) yield new Uint8Array(part);
    } else yield start;
    for (let page = firstPage; !page.done; page = await pages.next()) {
      yield joined(page.value.flatMap((row) => [rowStart(row, isDated), row.entry.update]));
      // Only a row that is alone in its page can be longer than what is there of it.
      const [first] = page.value;
      if (first) for await (const piece of readRest(database, channel, first)) yield new Uint8Array(piece);
    }
  }

  /** What a document with the state vector `vector` lacks, in the place of a snapshot at the head. */
  async function* readDifference(channel: number, vector: Uint8Array): Chunks {
    const { epoch, head } = await stateOf(database, channel);
    const { doc } = await fold(channel, head);
    const update = await doc.difference(vector).finally(doc.close);
    const header: LogHeader = {
      epoch,
      head,
      writers: await writersOf(database, channel),
      sessions: await sessionsUpTo(database.query, channel, head),
    };
    yield encodeLogPart({ type: 'header', header });
    yield encodeLogPart({ type: 'snapshot', seq: head, update });
  }

  return {
    read: (channel, { after, epoch, vector }) =>
      vector
        ? readDifference(channel, vector)
        : readPlanned(channel, () => planRead(database, channel, after, epoch), false),
    history: (channel, request) => readPlanned(channel, () => planHistory(database, channel, request), true),
  };
};

const NOTHING = new Uint8Array(0);

/** What stands before the update of a row. */
const rowStart = ({ entry, length, at }: LogRow, isDated: boolean): Uint8Array =>
  encodeLogPartStart({ type: 'row', entry, ...(isDated ? { at } : {}) }, length);

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Buffer.concat(parts) as Uint8Array<ArrayBuffer>;
