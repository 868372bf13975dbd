import type { BoardJson } from '@inkwire/core';
import { deflate, inflate } from './deflate.js';
import { ExportError } from './export-error.js';
import { insertChunk, readChunks } from './png-chunks.js';

/** The keyword of the text in a PNG, and the namespace of the element in an SVG, that hold a board. */
const KEYWORD = 'inkwire';
const NAMESPACE = 'urn:inkwire:board';

/**
 * Puts a board into a PNG, where programs that do not know of it see a comment: an `iTXt` chunk, whose text is the
 * board's JSON, packed (ISO/IEC 15948, 11.3.4.5).
 */
export async function embedInPng(png: Uint8Array, board: BoardJson): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await deflate(new TextEncoder().encode(JSON.stringify(board)));
  // Keyword, 0; packed: yes, by zlib; no language, 0; no translated keyword, 0.
  const head = [...new TextEncoder().encode(KEYWORD), 0, 1, 0, 0, 0];
  const data = new Uint8Array(head.length + packed.length);
  data.set(head);
  data.set(packed, head.length);
  return insertChunk(png, { type: 'iTXt', data });
}

/** The board in a PNG, as JSON that nobody has checked; null where there is none. */
export async function extractFromPng(png: Uint8Array): Promise<unknown> {
  for (const { type, data } of readChunks(png)) {
    if (type !== 'iTXt') continue;
    const end = data.indexOf(0);
    const name = new TextDecoder().decode(data.subarray(0, end));
    if (name !== KEYWORD) continue;
    const isPacked = data[end + 1] === 1;
    const language = data.indexOf(0, end + 3);
    const start = data.indexOf(0, language + 1) + 1;
    const text = data.slice(start);
    return parse(isPacked ? await inflate(text) : text);
  }
  return null;
}

/** A board as an element of an SVG's metadata. */
export async function boardMetadata(board: BoardJson): Promise<string> {
  const packed = await deflate(new TextEncoder().encode(JSON.stringify(board)));
  return `<metadata><board xmlns="${NAMESPACE}" encoding="deflate base64">${toBase64(packed)}</board></metadata>`;
}

/** The board in an SVG, as JSON that nobody has checked; null where there is none. */
export async function extractFromSvg(svg: string): Promise<unknown> {
  const start = svg.indexOf(`<board xmlns="${NAMESPACE}"`);
  if (start < 0) return null;
  const text = svg.slice(svg.indexOf('>', start) + 1, svg.indexOf('<', start + 1)).replace(/\s+/g, '');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    throw new ExportError('format', 'The board in the SVG is damaged.');
  }
  return parse(await inflate(bytes));
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ExportError('format', 'The board in the file is damaged.');
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
