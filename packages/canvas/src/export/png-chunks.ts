import { ExportError } from './export-error.js';

/** One chunk of a PNG file (ISO/IEC 15948, 5.3): four letters, and bytes. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Of a chunk around its data: length, type, checksum. */
const FRAME = 12;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** The chunks of a PNG, in order. Throws `ExportError` with code `format` for a file that is cut off or damaged. */
export function* readChunks(bytes: Uint8Array): Iterable<PngChunk> {
  if (!isPng(bytes)) throw new ExportError('format', 'This file is no PNG.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at: number = SIGNATURE.length;
  while (at + FRAME <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + FRAME + length;
    if (end > bytes.length) break;
    const typed = bytes.subarray(at + 4, end - 4);
    if (view.getUint32(end - 4) !== crc32(typed)) {
      throw new ExportError('format', 'The PNG is damaged: the checksum of a part of it is wrong.');
    }
    yield { type: String.fromCharCode(...typed.subarray(0, 4)), data: typed.subarray(4) };
    at = end;
  }
  if (at !== bytes.length) throw new ExportError('format', 'The PNG is cut off.');
}

/** The PNG with one more chunk before the end of it. */
export function insertChunk(bytes: Uint8Array, { type, data }: PngChunk): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(FRAME + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  // The last chunk, IEND, has no data.
  const end = bytes.length - FRAME;
  const result = new Uint8Array(bytes.length + chunk.length);
  result.set(bytes.subarray(0, end));
  result.set(chunk, end);
  result.set(bytes.subarray(end), end + chunk.length);
  return result;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum of PNG's chunks (ISO/IEC 15948, annex D). */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 255] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
