import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  isSessionId,
  type LoggedEntry,
  readNumbered,
  type Sequence,
  type SessionId,
  sessionId,
  writeNumbered,
} from './entry.js';
import { decodeWhole, WireError } from './wire-error.js';

/**
 * The answer to a read: a stream of parts, each `length:u32 big-endian  bytes`, so that neither side ever holds the whole.
 *
 * ```
 * part     = header | snapshot | row | dated
 * header   = 0:u8  JSON of {@link LogHeader} (varString)       first, exactly once
 * snapshot = 1:u8  seq:varUint  update V2:varBytes             at most once, right after the header
 * row      = 2:u8  seq:varUint  session:varString  n:varUint  seal:16 bytes  update V1:varBytes
 * dated    = 3:u8  at:varUint  and the rest of a row           instead of a row, in a read of the history
 * ```
 */
export interface LogHeader {
  readonly epoch: string;
  readonly head: Sequence;
  /** Who stands behind each Yjs clientID that is known on this channel: `[clientID, user id]`. */
  readonly writers: readonly (readonly [client: number, user: string])[];
  /** With a snapshot: the last `n` of each recent session that it holds. */
  readonly sessions?: readonly (readonly [session: SessionId, n: number])[];
  /** In a read of the history: whose the sessions of its rows are. */
  readonly authors?: readonly (readonly [session: SessionId, user: string])[];
}

export type LogPart =
  | { readonly type: 'header'; readonly header: LogHeader }
  | { readonly type: 'snapshot'; readonly seq: Sequence; readonly update: Uint8Array }
  | {
      readonly type: 'row';
      readonly entry: LoggedEntry;
      /** In a read of the history: when the log took it, in ms since the epoch. */
      readonly at?: number;
    };

const HEADER = 0;
const SNAPSHOT = 1;
const ROW = 2;
const DATED_ROW = 3;

/** The largest part that a reader accepts: a snapshot of a very large board. */
const MAX_PART_BYTES = 256 << 20;

export const encodeLogPart = (part: LogPart): Uint8Array<ArrayBuffer> => {
  const encoder = encoding.createEncoder();
  if (part.type === 'header') {
    encoding.writeUint8(encoder, HEADER);
    encoding.writeVarString(encoder, JSON.stringify(part.header));
  } else if (part.type === 'snapshot') {
    encoding.writeUint8(encoder, SNAPSHOT);
    encoding.writeVarUint(encoder, part.seq);
    encoding.writeVarUint8Array(encoder, part.update);
  } else {
    encoding.writeUint8(encoder, part.at === undefined ? ROW : DATED_ROW);
    if (part.at !== undefined) encoding.writeVarUint(encoder, part.at);
    encoding.writeVarUint(encoder, part.entry.seq);
    encoding.writeVarString(encoder, part.entry.session);
    writeNumbered(encoder, part.entry);
  }
  const body = encoding.toUint8Array(encoder);
  const bytes = new Uint8Array(4 + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(body, 4);
  return bytes;
};

/**
 * What stands before the update of a part, so that a server can send it without holding the whole of it: the part is this
 * and then `length` bytes of the update. What `part` itself has as its update is not looked at.
 */
export const encodeLogPartStart = (
  part: Exclude<LogPart, { type: 'header' }>,
  length: number,
): Uint8Array<ArrayBuffer> => {
  const whole = encodeLogPart(
    part.type === 'snapshot'
      ? { ...part, update: NOTHING }
      : { ...part, entry: { ...part.entry, update: NOTHING } },
  );
  const encoder = encoding.createEncoder();
  encoding.writeUint8Array(encoder, whole.subarray(0, whole.length - 1));
  encoding.writeVarUint(encoder, length);
  const start = encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
  new DataView(start.buffer).setUint32(0, start.length - 4 + length);
  return start;
};

const NOTHING = new Uint8Array(0);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether `value` is a list of pairs of a first part that `isFirst` accepts and a second that `isSecond` does. */
const arePairs = (
  value: unknown,
  isFirst: (first: unknown) => boolean,
  isSecond: (second: unknown) => boolean,
): boolean =>
  Array.isArray(value) &&
  value.every((pair: unknown) => Array.isArray(pair) && isFirst(pair[0]) && isSecond(pair[1]));

const isText = (value: unknown): value is string => typeof value === 'string';

const readHeader = (text: string): LogHeader => {
  const { epoch, head, writers, sessions, authors } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  if (!isText(epoch)) throw new WireError('epoch', 'The header of a read names the epoch of its log.');
  if (!isCount(head)) throw new WireError('head', 'The header of a read names the head of its log.');
  if (!arePairs(writers, isCount, isText))
    throw new WireError('writers', 'The writers of a read are [clientID, user id] each.');
  if (sessions !== undefined && !arePairs(sessions, (id) => isText(id) && isSessionId(id), isCount))
    throw new WireError('sessions', 'The sessions of a read are [session, n] each.');
  if (authors !== undefined && !arePairs(authors, (id) => isText(id) && isSessionId(id), isText))
    throw new WireError('authors', 'The authors of a read are [session, user id] each.');
  return {
    epoch,
    head: head as Sequence,
    writers: writers as LogHeader['writers'],
    ...(sessions === undefined ? {} : { sessions: sessions as NonNullable<LogHeader['sessions']> }),
    ...(authors === undefined ? {} : { authors: authors as NonNullable<LogHeader['authors']> }),
  };
};

const decodePart = (bytes: Uint8Array): LogPart => {
  const decoder = decoding.createDecoder(bytes);
  return decodeWhole('part', decoder, () => {
    const type = decoding.readUint8(decoder);
    if (type === HEADER) return { type: 'header', header: readHeader(decoding.readVarString(decoder)) };
    if (type !== SNAPSHOT && type !== ROW && type !== DATED_ROW)
      throw new WireError('part', `A read has parts of type 0 to 3, not ${type}.`);
    const at = type === DATED_ROW ? decoding.readVarUint(decoder) : undefined;
    const seq = decoding.readVarUint(decoder) as Sequence;
    if (type === SNAPSHOT)
      return { type: 'snapshot', seq, update: decoding.readVarUint8Array(decoder).slice() };
    const session = sessionId(decoding.readVarString(decoder));
    const entry = { seq, ...readNumbered(decoder, session) };
    return at === undefined ? { type: 'row', entry } : { type: 'row', entry, at };
  });
};

/** @throws {WireError} unless `part` may follow `last`: header, then perhaps a snapshot, then rows. */
const checkOrder = (last: LogPart['type'] | null, part: LogPart['type']): void => {
  const fits = part === 'header' ? last === null : part === 'snapshot' ? last === 'header' : last !== null;
  if (!fits) throw new WireError('log', `A read has a ${part} where none may stand.`);
};

/**
 * Cuts a byte stream into the parts of a read, as they become whole.
 *
 * @throws {WireError} where the stream is no answer to a read, or ends within a part.
 */
export async function* decodeLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogPart, void, void> {
  let buffer = new Uint8Array(0);
  let start = 0;
  let end = 0;
  let last: LogPart['type'] | null = null;
  for await (const chunk of chunks) {
    if (end + chunk.length > buffer.length) {
      // Doubling keeps the copying linear in the stream's length, however small its chunks are.
      const waiting = buffer.subarray(start, end);
      const room = end - start + chunk.length;
      buffer = new Uint8Array(room > buffer.length ? room * 2 : buffer.length);
      buffer.set(waiting);
      end -= start;
      start = 0;
    }
    buffer.set(chunk, end);
    end += chunk.length;
    while (end - start >= 4) {
      const length = new DataView(buffer.buffer, start).getUint32(0);
      if (length > MAX_PART_BYTES) throw new WireError('part', 'A part of a read is larger than 256 MiB.');
      if (end - start - 4 < length) break;
      const part = decodePart(buffer.subarray(start + 4, start + 4 + length));
      checkOrder(last, part.type);
      last = part.type;
      start += 4 + length;
      yield part;
    }
  }
  if (end > start || last === null)
    throw new WireError('log', 'A read ended in the middle of a part; ask for the rest again.');
}
