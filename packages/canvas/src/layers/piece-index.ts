import { type Box, boxesMeet } from '@inkwire/core';
import { union } from '../scene/box.js';

/** Pieces of one line, in its order, found by where they are: neighbours on the line are near each other. */
export interface PieceIndex<Piece> {
  add(piece: Piece, box: Box): void;
  /** The pieces that reach into `box`, in the order in which they were added. */
  within(box: Box): Piece[];
}

interface Group<Piece> {
  box: Box;
  readonly pieces: { readonly piece: Piece; readonly box: Box }[];
}

const GROUP_SIZE = 32;

export function createPieceIndex<Piece>(): PieceIndex<Piece> {
  const groups: Group<Piece>[] = [];

  return {
    add(piece, box) {
      const last = groups.at(-1);
      if (last === undefined || last.pieces.length === GROUP_SIZE) {
        groups.push({ box, pieces: [{ piece, box }] });
        return;
      }
      last.pieces.push({ piece, box });
      last.box = union(last.box, box);
    },
    within(box) {
      const found: Piece[] = [];
      for (const group of groups) {
        if (!boxesMeet(group.box, box)) continue;
        for (const { piece, box: reached } of group.pieces) if (boxesMeet(reached, box)) found.push(piece);
      }
      return found;
    },
  };
}
