import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WireError } from './wire-error.js';

/** One page load of one tab: 12 random base-62 characters, fresh each time and never stored for reuse. */
export type SessionId = string & { readonly __sessionId: unique symbol };

/** The number of an entry in its channel's log: 1, 2, 3 … in commit order, without holes. */
export type Sequence = number & { readonly __sequence: unique symbol };

/** Bytes of a seal: an HMAC-SHA-256 cut to this length. */
export const SEAL_LENGTH = 16;

/** The largest update that the log takes, in bytes. */
export const MAX_UPDATE_BYTES = 1 << 20;

/**
 * One update on its way to the log, or back. Its key is `(session, n)`; once numbered, its bytes never change.
 *
 * `seal` is `HMAC-SHA-256(session's seal key, n as 4 bytes big-endian ‖ update)`, cut to 16 bytes.
 */
export interface Entry {
  readonly session: SessionId;
  /** 1, 2, 3 … within its session. */
  readonly n: number;
  /** A Yjs update in V1 encoding. */
  readonly update: Uint8Array;
  readonly seal: Uint8Array;
}

/** An entry as the log keeps it. */
export interface LoggedEntry extends Entry {
  readonly seq: Sequence;
}

const SESSION = /^[0-9A-Za-z]{12}$/;

/** Whether `value` has the form of a session id. */
export const isSessionId = (value: string): value is SessionId => SESSION.test(value);

/** @throws {WireError} when `value` is not 12 base-62 characters. */
export const sessionId = (value: string): SessionId => {
  if (!isSessionId(value)) throw new WireError('session', 'A session id is 12 characters of 0-9, A-Z, a-z.');
  return value;
};

/** The bytes that a seal covers: the entry's number, 4 bytes big-endian, then its update. */
export const sealedBytes = (n: number, update: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(4 + update.length);
  new DataView(bytes.buffer).setUint32(0, n);
  bytes.set(update, 4);
  return bytes;
};

/** Writes number, seal and update; the session is written by the caller, once for many. */
export const writeNumbered = (
  encoder: encoding.Encoder,
  entry: Pick<Entry, 'n' | 'seal' | 'update'>,
): void => {
  if (entry.seal.length !== SEAL_LENGTH) throw new WireError('seal', `A seal is ${SEAL_LENGTH} bytes.`);
  encoding.writeVarUint(encoder, entry.n);
  encoding.writeUint8Array(encoder, entry.seal);
  encoding.writeVarUint8Array(encoder, entry.update);
};

/** Reads what {@link writeNumbered} wrote; the returned arrays are copies. */
export const readNumbered = (decoder: decoding.Decoder, session: SessionId): Entry => {
  const { n, update, seal } = viewNumbered(decoder, session);
  return { session, n, update: update.slice(), seal: seal.slice() };
};

/** Reads what {@link writeNumbered} wrote; the returned arrays share the memory that they are read from. */
export const viewNumbered = (decoder: decoding.Decoder, session: SessionId): Entry => {
  const n = decoding.readVarUint(decoder);
  if (n < 1 || n > 0xffffffff) throw new WireError('n', 'Entries are numbered from 1 to 4294967295.');
  const seal = decoding.readUint8Array(decoder, SEAL_LENGTH);
  const update = decoding.readVarUint8Array(decoder);
  return { session, n, update, seal };
};
