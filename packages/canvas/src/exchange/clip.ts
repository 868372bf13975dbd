import {
  type Board,
  boardFromJson,
  boardToJson,
  copyElements,
  type ElementId,
  InkwireError,
  type StoredElement,
} from '@inkwire/core';
import { ExchangeError } from './exchange-error.js';

/** The media type of elements of a board, on the clipboard and while they are dragged. */
export const CLIP_TYPE = 'application/x-inkwire+json';

/** Longer clips than this, in characters, are not taken in. */
const LONGEST_CLIP = 96 * 1024 * 1024;

/** Elements, and what is in their groups and frames, as JSON: a file of a board that holds just them. */
export function clipOf(board: Board, ids: Iterable<ElementId>): string {
  return JSON.stringify({ ...boardToJson(board), elements: copyElements(board, ids) });
}

/** Whether a text is meant to be elements of a board, right or wrong. */
export function isClip(text: string): boolean {
  return /^\s*\{\s*"type"\s*:\s*"inkwire"/.test(text);
}

/**
 * The elements of a clip or of a board's file.
 *
 * @throws {ExchangeError} that names what is wrong.
 */
export function readClip(text: string): readonly StoredElement[] {
  if (text.length > LONGEST_CLIP)
    throw new ExchangeError(
      'too-large',
      `These elements have ${text.length} characters: ${LONGEST_CLIP} are the most.`,
    );
  try {
    return boardFromJson(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof InkwireError) throw new ExchangeError('format', cause.message, cause.field);
    throw new ExchangeError('format', 'These are no elements of a board: they are not JSON.');
  }
}

const CARRIER = /data-inkwire-clip="([A-Za-z0-9+/]*={0,2})"/;

/** HTML that shows `text` in other programs and carries `clip` to other boards. */
export function clipToHtml(clip: string, text: string): string {
  const lines = text.split('\n').map(escapeHtml).join('<br>');
  return `<meta charset="utf-8"><div data-inkwire-clip="${toBase64(clip)}">${lines}</div>`;
}

/** The clip that HTML carries; null where there is none. */
export function clipFromHtml(html: string): string | null {
  const carried = CARRIER.exec(html)?.[1];
  if (carried === undefined) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(carried), (sign) => sign.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
