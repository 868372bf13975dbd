/** What the first bytes of a file say about the picture in it. */
export interface ImageFacts {
  /** Its media type. */
  readonly type: string;
  /** Pixels; null where the first bytes do not tell. */
  readonly size: readonly [width: number, height: number] | null;
}

/** How many bytes {@link imageFacts} looks at, at most. */
export const HEADER_LENGTH = 65_536;

/** Reads the header of a picture, whatever type a server calls it; null for anything that is none. */
export function imageFacts(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n' && bytes.length >= 24) {
    return { type: 'image/png', size: [view.getUint32(16), view.getUint32(20)] };
  }
  if (/^GIF8[79]a$/.test(text(0, 6)) && bytes.length >= 10) {
    return { type: 'image/gif', size: [view.getUint16(6, true), view.getUint16(8, true)] };
  }
  if (text(0, 3) === '\xff\xd8\xff') return { type: 'image/jpeg', size: jpegSize(view) };
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP')
    return { type: 'image/webp', size: webpSize(view, text(12, 4)) };
  if (/^ftypavi[fs]$/.test(text(4, 8))) return { type: 'image/avif', size: null };
  if (text(0, 2) === 'BM' && bytes.length >= 26) {
    return { type: 'image/bmp', size: [view.getUint32(18, true), Math.abs(view.getInt32(22, true))] };
  }
  const start = new TextDecoder().decode(bytes.subarray(0, HEADER_LENGTH));
  return isSvg(start) ? { type: 'image/svg+xml', size: null } : null;
}

/** The size in a JPEG's start-of-frame segment (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): ImageFacts['size'] {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // C4, C8 and CC share the range of frames, but are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The size in the first chunk of a WebP file (RFC 9649). */
function webpSize(view: DataView, chunk: string): ImageFacts['size'] {
  if (view.byteLength < 30) return null;
  const uint24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return [uint24(24) + 1, uint24(27) + 1];
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

/**
 * What may stand before the first element of SVG: declarations and comments. There is one way only to read it, or a text
 * with many of them would be read in all ways that there are.
 */
const PROLOGUE =
  /^(\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^[>]*(?:\[[^\]]*\][^>]*)?>\s*)*)<(?:[\w.-]+:)?svg[\s>]/i;

/** Whether the first element of a text is SVG's. */
export function isSvg(text: string): boolean {
  return svgPrologue(text) !== null;
}

/** What stands before the first element of SVG; null for any other text. */
export function svgPrologue(text: string): string | null {
  return PROLOGUE.exec(text.slice(0, HEADER_LENGTH))?.[1] ?? null;
}
