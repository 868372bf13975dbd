import {
  type Board,
  type BoardJson,
  boardFromJson,
  type Element,
  SCHEMA,
  type StoredElement,
  storeElements,
} from '@inkwire/core';
import { extractFromPng, extractFromSvg } from './embedded-board.js';
import { ExportError } from './export-error.js';
import { isPng } from './png-chunks.js';

/** The media type of a board's file, whose name ends in `.inkwire`. */
export const BOARD_TYPE = 'application/vnd.inkwire+json';

/** The board as a file of its own: all that can be seen of it, as JSON. */
export function exportFile(board: Board): Blob {
  return new Blob([JSON.stringify(boardOf(board, [...board.elements()]))], { type: BOARD_TYPE });
}

/** Chosen elements of a board, in paint order, as a board. */
export function boardOf(board: Board, elements: readonly Element[]): BoardJson {
  return { type: 'inkwire', schema: SCHEMA, elements: storeElements(board, elements) };
}

/**
 * The board in a PNG or an SVG that was exported with it, or in an `.inkwire` file: checked elements, ready for core's
 * `pasteElements(board, elements, { as: 'original' })`.
 *
 * Rejects with `ExportError` of code `format` for a file without a board, and with core's `InkwireError` of code `board`
 * for a board that is damaged or made by a newer program.
 */
export async function openPicture(file: Blob): Promise<readonly StoredElement[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const json = isPng(bytes) ? await extractFromPng(bytes) : await fromText(new TextDecoder().decode(bytes));
  if (json === null) {
    throw new ExportError(
      'format',
      'There is no board in this picture: it was made by another program, or without it.',
    );
  }
  return boardFromJson(json);
}

async function fromText(text: string): Promise<unknown> {
  if (/^\s*</.test(text)) return extractFromSvg(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ExportError('format', 'This file is neither a PNG, nor an SVG, nor a board.');
  }
}
