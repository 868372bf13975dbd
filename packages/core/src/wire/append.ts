import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  type Entry,
  type Sequence,
  type SessionId,
  sessionId,
  viewNumbered,
  writeNumbered,
} from './entry.js';
import { decodeWhole, WireError } from './wire-error.js';

/**
 * The body of an append: entries in the order in which the log shall take them. Those of other sessions (witnessed ones)
 * stand before whatever builds on them.
 *
 * ```
 * append  = version:u8=1  count:varUint  entry*
 * entry   = session:varString  n:varUint  seal:16 bytes  update:varBytes
 * ```
 */
const VERSION = 1;

/** The most entries in one append; what waits beyond that goes in the next. */
export const MAX_APPEND_ENTRIES = 512;

/** The largest append body in bytes. */
export const MAX_APPEND_BYTES = 4 << 20;

export const encodeAppend = (entries: readonly Entry[]): Uint8Array<ArrayBuffer> => {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, VERSION);
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) {
    encoding.writeVarString(encoder, entry.session);
    writeNumbered(encoder, entry);
  }
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
};

/**
 * Reads an append; the entries share the memory of `bytes`, since a server only passes them on.
 *
 * @throws {WireError} on anything but a well-formed body.
 */
export const decodeAppend = (bytes: Uint8Array): Entry[] => {
  const decoder = decoding.createDecoder(bytes);
  return decodeWhole('append', decoder, () => {
    const version = decoding.readUint8(decoder);
    if (version !== VERSION)
      throw new WireError('version', `Append bodies have version ${VERSION}, not ${version}.`);
    const count = decoding.readVarUint(decoder);
    if (count > MAX_APPEND_ENTRIES)
      throw new WireError(
        'count',
        `An append has at most ${MAX_APPEND_ENTRIES} entries; send the rest in another.`,
      );
    const entries: Entry[] = [];
    while (entries.length < count)
      entries.push(viewNumbered(decoder, sessionId(decoding.readVarString(decoder))));
    return entries;
  });
};

/** The JSON answer to an append that was taken, wholly or (with `error`) up to the entry that was refused. */
export interface AppendAnswer {
  /** The history that the log belongs to; another one after a restored backup. */
  readonly epoch: string;
  /** The log's last sequence number. */
  readonly head: Sequence;
  /** Where each taken entry stands, in the order of the request. */
  readonly entries: readonly (readonly [session: SessionId, n: number, seq: Sequence])[];
  /** Why the next entry was refused; the ones before it stand. */
  readonly error?: RefusedEntry;
}

/** Every refusal is JSON `{ error: Refusal }` with a fitting HTTP status. */
export interface Refusal {
  readonly code: string;
  /** One sentence: what was wrong, and what to do. */
  readonly message: string;
}

export interface RefusedEntry extends Refusal {
  readonly session: SessionId;
  readonly n: number;
  /** With code `gap`: the number that the log expects next of this session. */
  readonly expected?: number;
  /** With code `causes_missing`: clocks that have to be in the log first, `[clientID, clock]`. */
  readonly missing?: readonly (readonly [client: number, clock: number])[];
}
