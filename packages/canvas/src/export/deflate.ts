import { ExportError } from './export-error.js';

/** A file that unpacks to more bytes than this is taken for an attack. */
const LARGEST = 512 * 1024 * 1024;

/** Packs bytes in the format of zlib (RFC 1950), as PNG does. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Unpacks what {@link deflate} packed. Rejects with `ExportError` of code `format` for anything else. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > LARGEST) {
        await reader.cancel();
        throw new ExportError('format', `The board in the file has more than ${LARGEST} bytes.`);
      }
      chunks.push(next.value as Uint8Array<ArrayBuffer>);
    }
  } catch (cause) {
    if (cause instanceof ExportError) throw cause;
    throw new ExportError('format', 'The board in the file is damaged and cannot be unpacked.');
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
