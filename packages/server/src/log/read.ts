import {
  encodeLogPart,
  encodeSnapshotStart,
  type LogHeader,
  type Sequence,
  type SessionId,
} from '@inkwire/core';
import type { Database } from './database.js';
import type { Fold } from './quarantine.js';
import { readRows, TrimmedError } from './rows.js';
import { findSnapshot, readSnapshot, type SnapshotInfo, sessionsUpTo } from './snapshot.js';

/** A reader who is further behind the newest snapshot than this gets the snapshot: it is less than the rows. */
const MOST_ROWS_BEHIND = 2_000;

/** From where to read. */
export interface ReadRequest {
  /** Rows after this sequence; 0 for the whole log. */
  readonly after: number;
  /** The history that `after` counts in; the read starts over when the log's is another. */
  readonly epoch?: string;
  /** A Yjs state vector: the answer is then what a document with it lacks, in one piece. */
  readonly vector?: Uint8Array;
}

/** Which part of its past to read. */
export interface HistoryRequest {
  /** The answer lets the reader build the document at this sequence … */
  readonly from: number;
  /** … and at each one after it up to this. */
  readonly until: number;
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;

interface LogState {
  epoch: string;
  head: Sequence;
  floor: number;
  snapshot: number;
}

/** What an answer consists of. */
interface Plan {
  readonly header: LogHeader;
  readonly snapshot: SnapshotInfo | undefined;
  /** The answer's rows lie after this sequence … */
  readonly start: number;
  /** … up to this. */
  readonly until: number;
}

/** A read of a channel's log: the parts of the answer, encoded, as a client takes them. */
export async function* readLog(
  database: Database,
  fold: Fold,
  channel: number,
  request: ReadRequest,
): Chunks {
  if (request.vector) yield* readDifference(database, fold, channel, request.vector);
  else yield* readPlanned(database, channel, () => planRead(database, channel, request), false);
}

/** A read of the past: the nearest snapshot at or below `from`, then the rows up to `until` with their times. */
export const readHistory = (database: Database, channel: number, request: HistoryRequest): Chunks =>
  readPlanned(database, channel, () => planHistory(database, channel, request), true);

const planRead = async (database: Database, channel: number, request: ReadRequest): Promise<Plan> => {
  const log = await stateOf(database, channel);
  const elsewhere = (request.epoch !== undefined && request.epoch !== log.epoch) || request.after > log.head;
  const after = elsewhere ? 0 : request.after;
  const isFar = after < log.floor || after === 0 || log.snapshot - after > MOST_ROWS_BEHIND;
  const snapshot =
    isFar && after < log.snapshot ? await findSnapshot(database.query, channel, log.head) : undefined;
  const header: LogHeader = {
    epoch: log.epoch,
    head: log.head,
    writers: await writersAfter(database, channel, snapshot ? 0 : after),
    ...(snapshot ? { sessions: snapshot.sessions } : {}),
  };
  return { header, snapshot, start: snapshot?.seq ?? after, until: log.head };
};

const planHistory = async (database: Database, channel: number, request: HistoryRequest): Promise<Plan> => {
  const log = await stateOf(database, channel);
  const until = Math.min(request.until, log.head);
  const from = Math.min(Math.max(request.from, log.floor), until);
  const snapshot = await findSnapshot(database.query, channel, from);
  const start = snapshot?.seq ?? 0;
  const header: LogHeader = {
    epoch: log.epoch,
    head: log.head,
    writers: await writersAfter(database, channel, 0),
    authors: await authorsBetween(database, channel, start, until),
    ...(snapshot ? { sessions: snapshot.sessions } : {}),
  };
  return { header, snapshot, start, until };
};

/** How often a read that a compaction overtook before its first row looks again. */
const ATTEMPTS = 5;

async function* readPlanned(
  database: Database,
  channel: number,
  plan: () => Promise<Plan>,
  isDated: boolean,
): Chunks {
  const { header, snapshot, pages, first } = await open(database, channel, plan);
  yield encodeLogPart({ type: 'header', header });
  if (snapshot) yield* encodeSnapshot(database, channel, snapshot);
  for (let page = first; !page.done; page = await pages.next())
    yield joined(
      page.value.map(({ entry, at }) => encodeLogPart({ type: 'row', entry, ...(isDated ? { at } : {}) })),
    );
}

/** Plans an answer and takes its first rows: until they are here, a compaction may drop what it was planned on. */
const open = async (database: Database, channel: number, plan: () => Promise<Plan>) => {
  for (let attempt = 1; ; attempt += 1) {
    const planned = await plan();
    const pages = readRows(database, channel, planned.start, planned.until);
    try {
      return { ...planned, pages, first: await pages.next() };
    } catch (error) {
      if (!(error instanceof TrimmedError) || attempt === ATTEMPTS) throw error;
    }
  }
};

/** What a document with the state vector `vector` lacks, in the place of a snapshot at the head. */
async function* readDifference(database: Database, fold: Fold, channel: number, vector: Uint8Array): Chunks {
  const { epoch, head } = await stateOf(database, channel);
  const { doc } = await fold(channel, head);
  const update = await doc.difference(vector).finally(doc.close);
  const header: LogHeader = {
    epoch,
    head,
    writers: await writersAfter(database, channel, 0),
    sessions: await sessionsUpTo(database.query, channel, head),
  };
  yield encodeLogPart({ type: 'header', header });
  yield encodeLogPart({ type: 'snapshot', seq: head, update });
}

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Buffer.concat(parts) as Uint8Array<ArrayBuffer>;

async function* encodeSnapshot(database: Database, channel: number, snapshot: SnapshotInfo): Chunks {
  yield encodeSnapshotStart(snapshot.seq, snapshot.length);
  yield* readSnapshot(database, channel, snapshot);
}

const stateOf = async (database: Database, channel: number): Promise<LogState> => {
  const [log] = await database.query<LogState>(
    'select epoch, head, floor, snapshot from inkwire.channels where id = $1',
    [channel],
  );
  if (!log) throw new Error('The log has gone.');
  return log;
};

/** Who stands behind the clientIDs that wrote after `after`; with 0, behind all that ever joined. */
const writersAfter = async (
  database: Database,
  channel: number,
  after: number,
): Promise<LogHeader['writers']> => {
  const rows = await database.query<{ client: number; user_id: string }>(
    'select client, user_id from inkwire.clients where channel = $1 and (seq > $2 or $2 = 0) order by client',
    [channel, after],
  );
  return rows.map((row) => [row.client, row.user_id]);
};

const authorsBetween = async (
  database: Database,
  channel: number,
  after: number,
  until: number,
): Promise<NonNullable<LogHeader['authors']>> => {
  const rows = await database.query<{ session: SessionId; user_id: string }>(
    `select s.session, s.user_id from inkwire.sessions s
      where s.channel = $1 and exists (
        select from inkwire.entries e
        where e.channel = $1 and e.session = s.session and e.seq > $2 and e.seq <= $3
      ) order by s.session`,
    [channel, after, until],
  );
  return rows.map((row) => [row.session, row.user_id]);
};
