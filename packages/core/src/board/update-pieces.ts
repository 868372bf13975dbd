import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

// Yjs takes in an update in one go, which for a large board takes longer than a frame. An update is a list of structs
// for each client, and then what is deleted: it is cut between structs, and the pieces are updates of version 1.
// The format is that of Yjs's own `lazyStructReaderGenerator` and of its content classes' `write`.

export type Decoder = Y.UpdateDecoderV1 | Y.UpdateDecoderV2;

/** Structs to a piece: some milliseconds of work. */
const MAX_STRUCTS = 200;
const MAX_BYTES = 2 ** 16;

const SKIP = 10;
const CONTENT = 0b0001_1111;
const HAS_LEFT = 0b1000_0000;
const HAS_RIGHT = 0b0100_0000;
const HAS_KEY = 0b0010_0000;
const NAMED_TYPES = new Set([3, 5]);

/** What structs are copied to. */
type Sink = Pick<
  Y.UpdateEncoderV1,
  | 'writeInfo'
  | 'writeLen'
  | 'writeString'
  | 'writeBuf'
  | 'writeJSON'
  | 'writeKey'
  | 'writeTypeRef'
  | 'writeAny'
  | 'writeLeftID'
  | 'writeRightID'
  | 'writeParentInfo'
>;

const drop = (): void => {};

/** For reading alone. */
const NOWHERE: Sink = {
  writeInfo: drop,
  writeLen: drop,
  writeString: drop,
  writeBuf: drop,
  writeJSON: drop,
  writeKey: drop,
  writeTypeRef: drop,
  writeAny: drop,
  writeLeftID: drop,
  writeRightID: drop,
  writeParentInfo: drop,
};

/** Copies the content of an item; returns how many clock ticks it takes. */
const copyContent = (decoder: Decoder, encoder: Sink, reference: number): number => {
  const list = (copy: () => void): number => {
    const length = decoder.readLen();
    encoder.writeLen(length);
    for (let index = 0; index < length; index += 1) copy();
    return length;
  };
  switch (reference) {
    case 1: {
      const length = decoder.readLen();
      encoder.writeLen(length);
      return length;
    }
    case 2:
      return list(() => encoder.writeString(decoder.readString()));
    case 3:
      encoder.writeBuf(decoder.readBuf());
      return 1;
    case 4: {
      const text = decoder.readString();
      encoder.writeString(text);
      return text.length;
    }
    case 5:
      encoder.writeJSON(decoder.readJSON());
      return 1;
    case 6:
      encoder.writeKey(decoder.readKey());
      encoder.writeJSON(decoder.readJSON());
      return 1;
    case 7: {
      const type = decoder.readTypeRef();
      encoder.writeTypeRef(type);
      if (NAMED_TYPES.has(type)) encoder.writeKey(decoder.readKey());
      return 1;
    }
    case 8:
      return list(() => encoder.writeAny(decoder.readAny()));
    case 9:
      encoder.writeString(decoder.readString());
      encoder.writeAny(decoder.readAny());
      return 1;
    default:
      throw new RangeError(`Yjs content of type ${reference} is not known here.`);
  }
};

/** Copies an item or a collected range; returns how many clock ticks it takes. */
const copyStruct = (decoder: Decoder, encoder: Sink, info: number): number => {
  encoder.writeInfo(info);
  const reference = info & CONTENT;
  if (reference === 0) {
    const length = decoder.readLen();
    encoder.writeLen(length);
    return length;
  }
  if (info & HAS_LEFT) encoder.writeLeftID(decoder.readLeftID());
  if (info & HAS_RIGHT) encoder.writeRightID(decoder.readRightID());
  if ((info & (HAS_LEFT | HAS_RIGHT)) === 0) {
    const isRoot = decoder.readParentInfo();
    encoder.writeParentInfo(isRoot);
    if (isRoot) encoder.writeString(decoder.readString());
    else encoder.writeLeftID(decoder.readLeftID());
    if (info & HAS_KEY) encoder.writeString(decoder.readString());
  }
  return copyContent(decoder, encoder, reference);
};

const pieceOf = (count: number, client: number, clock: number, structs: Y.UpdateEncoderV1): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, count);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeUint8Array(encoder, structs.toUint8Array());
    encoding.writeVarUint(encoder, 0);
  });

function* structPieces(decoder: Decoder, client: number, count: number): Generator<Uint8Array> {
  let clock = decoding.readVarUint(decoder.restDecoder);
  let structs = new Y.UpdateEncoderV1();
  let [start, taken] = [clock, 0];
  for (let index = 0; index < count; index += 1) {
    const info = decoder.readInfo();
    const isSkip = info === SKIP;
    const length = isSkip ? decoding.readVarUint(decoder.restDecoder) : copyStruct(decoder, structs, info);
    clock += length;
    if (!isSkip) taken += 1;
    const full = taken >= MAX_STRUCTS || encoding.length(structs.restEncoder) >= MAX_BYTES;
    if (isSkip || full || index === count - 1) {
      if (taken > 0) yield pieceOf(taken, client, start, structs);
      structs = new Y.UpdateEncoderV1();
      [start, taken] = [clock, 0];
    }
  }
}

/** What an update deletes, which comes last in it, as an update of version 1. */
export const deletions = (decoder: Decoder): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  encoding.writeVarUint(restEncoder, 0);
  const clients = decoding.readVarUint(decoder.restDecoder);
  encoding.writeVarUint(restEncoder, clients);
  for (let index = 0; index < clients; index += 1) {
    decoder.resetDsCurVal();
    encoder.resetDsCurVal();
    encoding.writeVarUint(restEncoder, decoding.readVarUint(decoder.restDecoder));
    const ranges = decoding.readVarUint(decoder.restDecoder);
    encoding.writeVarUint(restEncoder, ranges);
    for (let range = 0; range < ranges; range += 1) {
      encoder.writeDsClock(decoder.readDsClock());
      encoder.writeDsLen(decoder.readDsLen());
    }
  }
  return encoder.toUint8Array();
};

export const decoderOf = (update: Uint8Array, version: 1 | 2): Decoder => {
  const bytes = decoding.createDecoder(update);
  return version === 1 ? new Y.UpdateDecoderV1(bytes) : new Y.UpdateDecoderV2(bytes);
};

/**
 * Reads an update to its end, what it deletes included, and throws when the bytes are none. Yjs itself reads that part
 * when it has taken in all the rest; its own way to look at everything before makes an object of each struct.
 */
export const checkUpdate = (update: Uint8Array, version: 1 | 2): void => {
  const decoder = decoderOf(update, version);
  const { restDecoder } = decoder;
  const clients = decoding.readVarUint(restDecoder);
  for (let client = 0; client < clients; client += 1) {
    const count = decoding.readVarUint(restDecoder);
    decoder.readClient();
    decoding.readVarUint(restDecoder);
    for (let index = 0; index < count; index += 1) {
      const info = decoder.readInfo();
      if (info === SKIP) decoding.readVarUint(restDecoder);
      else copyStruct(decoder, NOWHERE, info);
    }
  }
  deletions(decoder);
};

/**
 * An update of version 1 or 2 as small updates of version 1, to be applied one after the other.
 * Throws, at the latest at its end, when the bytes are no update.
 */
export function* updatePieces(update: Uint8Array, version: 1 | 2): Generator<Uint8Array> {
  const decoder = decoderOf(update, version);
  const clients = decoding.readVarUint(decoder.restDecoder);
  for (let index = 0; index < clients; index += 1) {
    const count = decoding.readVarUint(decoder.restDecoder);
    yield* structPieces(decoder, decoder.readClient(), count);
  }
  yield deletions(decoder);
}
