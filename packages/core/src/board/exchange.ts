import * as Y from 'yjs';
import { InkwireError } from '../inkwire-error.js';
import type { Board } from './board.js';
import { fillDocument } from './fill-document.js';
import { checkUpdate, updatePieces } from './update-pieces.js';

/** What the board knows of each writer's work: hand it to {@link encodeUpdate} elsewhere to get what is missing here. */
export const encodeStateVector = (board: Board): Uint8Array => Y.encodeStateVector(board.doc);

/** Everything on the board, or what a board with that state vector lacks, as a Yjs update of version 1. */
export const encodeUpdate = (board: Board, stateVector?: Uint8Array): Uint8Array =>
  Y.encodeStateAsUpdate(board.doc, stateVector);

/** Everything on the board as a Yjs update of version 2: smaller, for keeping. */
export const encodeSnapshot = (board: Board): Uint8Array => Y.encodeStateAsUpdateV2(board.doc);

const guarded = <T>(apply: () => T): T => {
  try {
    return apply();
  } catch (cause) {
    throw new InkwireError('board', `These bytes are no update of a board: ${(cause as Error).message}`);
  }
};

/**
 * Takes in a Yjs update of version 1; early, doubled and late ones are fine.
 *
 * Throws `InkwireError` with code `board` for bytes that are none, and then has changed nothing; and for an update that
 * makes no sense, of which Yjs keeps what came before that.
 */
export const applyUpdate = (board: Board, update: Uint8Array, origin: unknown = null): void =>
  guarded(() => {
    if (fillDocument(board.doc, update, 1, origin)) return;
    checkUpdate(update, 1);
    Y.applyUpdate(board.doc, update, origin);
  });

/** Takes in a Yjs update of version 2. Throws as {@link applyUpdate} does. */
export const applySnapshot = (board: Board, snapshot: Uint8Array, origin: unknown = null): void =>
  guarded(() => {
    if (fillDocument(board.doc, snapshot, 2, origin)) return;
    checkUpdate(snapshot, 2);
    Y.applyUpdateV2(board.doc, snapshot, origin);
  });

/**
 * Takes in a large update or snapshot in steps of a few ms, and prepares the board for reading: do something else
 * between them. `for (const _ of applyInPieces(board, snapshot, 2)) await nextFrame();`
 *
 * Until the last step the board lacks part of it. Throws `InkwireError` with code `board` for bytes that are none, at the
 * latest at its end: what was taken in before stays.
 *
 * @param version 1 for an update, 2 for a snapshot.
 */
export function* applyInPieces(
  board: Board,
  update: Uint8Array,
  version: 1 | 2,
  origin: unknown = null,
): Generator<void> {
  const pieces = guarded(() => updatePieces(update, version));
  for (;;) {
    const { done, value } = guarded(() => pieces.next());
    if (done) break;
    guarded(() => Y.applyUpdate(board.doc, value, origin));
    yield;
  }
  yield* board.indexing();
}
