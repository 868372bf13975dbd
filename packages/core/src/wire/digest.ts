import { toHexString } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';

/** `GET /channels/:channel/digest`: what a document that holds the whole log must look like. */
export interface DigestAnswer {
  readonly epoch: string;
  readonly head: number;
  /** Of the log's document at `head`, as {@link digestOf} says. */
  readonly digest: string;
}

/**
 * What two documents have in common exactly when they hold the same operations and the same deletions: SHA-256, in hex,
 * of the delete set and state vector, which Yjs writes in one order on every replica. The state vector alone would miss
 * deletions.
 */
export const digestOf = (doc: Y.Doc): string => toHexString(digest(Y.encodeSnapshot(Y.snapshot(doc))));
