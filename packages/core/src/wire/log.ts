import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  type LoggedEntry,
  readNumbered,
  type Sequence,
  type SessionId,
  sessionId,
  writeNumbered,
} from './entry.js';
import { WireError } from './wire-error.js';

/**
 * The answer to a read: a stream of parts, each `length:u32 big-endian  bytes`, so that neither side ever holds the whole.
 *
 * ```
 * part     = header | snapshot | row
 * header   = 0:u8  JSON of {@link LogHeader} (varString)       first, exactly once
 * snapshot = 1:u8  seq:varUint  update V2:varBytes             at most once, right after the header
 * row      = 2:u8  seq:varUint  session:varString  n:varUint  seal:16 bytes  update V1:varBytes
 * ```
 */
export interface LogHeader {
  readonly epoch: string;
  readonly head: Sequence;
  /** Who stands behind each Yjs clientID that is known on this channel: `[clientID, user id]`. */
  readonly writers: readonly (readonly [client: number, user: string])[];
  /** With a snapshot: the last `n` of each recent session that it holds. */
  readonly sessions?: readonly (readonly [session: SessionId, n: number])[];
}

export type LogPart =
  | { readonly type: 'header'; readonly header: LogHeader }
  | { readonly type: 'snapshot'; readonly seq: Sequence; readonly update: Uint8Array }
  | { readonly type: 'row'; readonly entry: LoggedEntry };

const HEADER = 0;
const SNAPSHOT = 1;
const ROW = 2;

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
    encoding.writeUint8(encoder, ROW);
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

const decodePart = (bytes: Uint8Array): LogPart => {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readUint8(decoder);
  if (type === HEADER)
    return { type: 'header', header: JSON.parse(decoding.readVarString(decoder)) as LogHeader };
  const seq = decoding.readVarUint(decoder) as Sequence;
  if (type === SNAPSHOT)
    return { type: 'snapshot', seq, update: decoding.readVarUint8Array(decoder).slice() };
  if (type === ROW) {
    const session = sessionId(decoding.readVarString(decoder));
    return { type: 'row', entry: { seq, ...readNumbered(decoder, session) } };
  }
  throw new WireError('part', `A read has parts of type 0, 1 and 2, not ${type}.`);
};

/**
 * Cuts a byte stream into the parts of a read, as they become whole.
 *
 * @throws {WireError} where the stream is no answer to a read, or ends within a part.
 */
export async function* decodeLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogPart, void, void> {
  let waiting = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (waiting.length > 0) {
      bytes = new Uint8Array(waiting.length + chunk.length);
      bytes.set(waiting);
      bytes.set(chunk, waiting.length);
    }
    let position = 0;
    while (bytes.length - position >= 4) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + position).getUint32(0);
      if (length > MAX_PART_BYTES) throw new WireError('part', 'A part of a read is larger than 256 MiB.');
      if (bytes.length - position - 4 < length) break;
      yield decodePart(bytes.subarray(position + 4, position + 4 + length));
      position += 4 + length;
    }
    waiting = bytes.slice(position);
  }
  if (waiting.length > 0)
    throw new WireError('log', 'A read ended in the middle of a part; ask for the rest again.');
}
