import { fromBase64, toBase64 } from 'lib0/buffer';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  type Entry,
  readNumbered,
  type Sequence,
  type SessionId,
  sessionId,
  writeNumbered,
} from './entry.js';
import { decodeWhole, WireError } from './wire-error.js';

/**
 * The live frame: what one session tells the others at once, as a Pusher client event.
 *
 * ```
 * frame = version:u8=1  session:varString  epoch:varString  synced:varUint
 *         count:varUint (n:varUint  seal:16 bytes  update:varBytes)*
 *         awareness:varBytes  presence:varBytes
 * ```
 *
 * Nothing in a frame is believed about who sent it: Pusher's `user_id` says that.
 */
export interface Frame {
  readonly session: SessionId;
  /** The history that `synced` counts in; empty before the first read. */
  readonly epoch: string;
  /** The sender's contiguous sequence; a receiver with less knows that it missed something. */
  readonly synced: Sequence;
  /** The sender's own entries, in order of `n`. */
  readonly entries: readonly Entry[];
  /** A y-protocols awareness update; empty for none. */
  readonly awareness: Uint8Array;
  /** Trails, live ink and dragged geometry; empty for none. */
  readonly presence: Uint8Array;
}

const VERSION = 1;

/** The name of the client event that carries a frame. */
export const FRAME_EVENT = 'client-frame';

/** The largest whole WebSocket message of a frame, in bytes; hosted Pusher refuses more than 10,240 of data. */
export const MAX_FRAME_BYTES = 9_000;

/** The largest binary frame, given that base64 takes 4/3 and the JSON around it up to 300 bytes. */
export const MAX_BINARY_FRAME_BYTES = Math.floor(((MAX_FRAME_BYTES - 300) * 3) / 4);

/** The data of a `client-frame` event: an object, since some Pusher servers refuse strings. */
export interface FrameData {
  /** A binary frame in base64. */
  readonly f: string;
}

export const encodeFrame = (frame: Frame): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, VERSION);
  encoding.writeVarString(encoder, frame.session);
  encoding.writeVarString(encoder, frame.epoch);
  encoding.writeVarUint(encoder, frame.synced);
  encoding.writeVarUint(encoder, frame.entries.length);
  for (const entry of frame.entries) writeNumbered(encoder, entry);
  encoding.writeVarUint8Array(encoder, frame.awareness);
  encoding.writeVarUint8Array(encoder, frame.presence);
  return encoding.toUint8Array(encoder);
};

/** @throws {WireError} on anything but a frame of a known version. */
export const decodeFrame = (bytes: Uint8Array): Frame => {
  const decoder = decoding.createDecoder(bytes);
  return decodeWhole('frame', decoder, () => {
    const version = decoding.readUint8(decoder);
    if (version !== VERSION)
      throw new WireError('version', `Frames have version ${VERSION}, not ${version}.`);
    const session = sessionId(decoding.readVarString(decoder));
    const epoch = decoding.readVarString(decoder);
    const synced = decoding.readVarUint(decoder) as Sequence;
    const count = decoding.readVarUint(decoder);
    const entries: Entry[] = [];
    while (entries.length < count) entries.push(readNumbered(decoder, session));
    const awareness = decoding.readVarUint8Array(decoder).slice();
    const presence = decoding.readVarUint8Array(decoder).slice();
    return { session, epoch, synced, entries, awareness, presence };
  });
};

export const frameData = (frame: Uint8Array): FrameData => ({ f: toBase64(frame) });

/**
 * The frame in a client event's data, whatever that is.
 *
 * @throws {WireError} when it is no frame, or larger than one may be.
 */
export const readFrameData = (data: unknown): Frame => {
  const text = typeof data === 'object' && data !== null ? (data as Partial<FrameData>).f : undefined;
  if (typeof text !== 'string') throw new WireError('data', 'A client-frame event has data { f: base64 }.');
  if (text.length > MAX_FRAME_BYTES)
    throw new WireError('data', `A frame has at most ${MAX_FRAME_BYTES} bytes.`);
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(text);
  } catch {
    throw new WireError('data', 'The field f of a client-frame event is not base64.');
  }
  return decodeFrame(bytes);
};
