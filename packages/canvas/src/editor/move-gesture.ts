import {
  type Board,
  type Box,
  compose,
  duplicateElements,
  type ElementId,
  moveElements,
  newElementId,
  withContents,
} from '@inkwire/core';
import { dropOn, frameUnder } from './frame-drop.js';
import { holdElements } from './held-gesture.js';
import type { Mark } from './mark.js';
import { boundsAround } from './selection-frame.js';
import { alignBox, snapTargets } from './snap-targets.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

interface Move {
  readonly dx: number;
  readonly dy: number;
  readonly copies: boolean;
  /** The frame that it is over. */
  readonly frame: ElementId | null;
}

/**
 * Moves elements with the pointer: with Shift along one axis, with Alt copies of them, aligned with what is around
 * unless Control or Command is held. What is dropped on a frame is in it.
 */
export function beginMove(context: ToolContext, ids: readonly ElementId[], first: PointerSample): Gesture {
  const { board, selection } = context;
  const targets = snapTargets(context, ids);
  let marks: readonly Mark[] = [];
  let moved: Move | null = null;
  let copied: readonly ElementId[] = [];
  const copies = new Map<ElementId, ElementId>();

  /** The others are told an id of the copies before they are made, so it has to stay. */
  function copyOf(id: ElementId): ElementId {
    const copy = copies.get(id) ?? newElementId(board.random);
    copies.set(id, copy);
    return copy;
  }

  const held = holdElements<Move>(context, ids, (present, move) => {
    if (move.copies) {
      const change = duplicateElements(board, present, move.dx, move.dy, { idOf: copyOf });
      copied = [...change.births.keys()];
      return change;
    }
    const change = moveElements(board, present, move.dx, move.dy);
    // Somebody may have removed the frame meanwhile.
    const frame = move.frame !== null && board.get(move.frame) === undefined ? null : move.frame;
    return compose(change, dropOn(board, present, frame));
  });

  function measure({ point, keys }: PointerSample): Move {
    let dx = point[0] - first.point[0];
    let dy = point[1] - first.point[1];
    const level = Math.abs(dx) >= Math.abs(dy);
    if (keys.shift && level) dy = 0;
    else if (keys.shift) dx = 0;
    const lines: Mark[] = [];
    if (!keys.mod) {
      const around = boundsAround(withContents(board, held.ids), board.recall);
      const box = shift(around, dx, dy);
      const snap = alignBox(box, targets);
      if (!keys.shift || level) dx += snap.dx;
      if (!keys.shift || !level) dy += snap.dy;
      if (!keys.shift) lines.push(...snap.marks);
    }
    const frame = keys.alt ? null : frameUnder(context, held.ids, { dx, dy });
    if (frame !== null) lines.push({ kind: 'outline', id: frame, strength: 'target' });
    marks = lines;
    return { dx, dy, copies: keys.alt, frame };
  }

  return {
    cursor: 'move',
    get preview() {
      return held.preview;
    },
    get marks() {
      return marks;
    },
    get drag() {
      const { ids } = held;
      const [first] = ids;
      if (moved === null || first === undefined) return null;
      return {
        ids,
        transform: [1, 0, 0, 1, moved.dx, moved.dy] as const,
        copy: moved.copies ? copyOf(first) : null,
      };
    },
    move(samples) {
      const last = samples.at(-1);
      if (last === undefined || held.ids.length === 0) return;
      moved = measure(last);
      held.update(moved);
    },
    finish: held.finish,
    committed() {
      if (moved?.copies) selection.set(roots(board, copied), selection.within);
    },
    cancel: held.cancel,
  };
}

function shift({ minX, minY, maxX, maxY }: Box, dx: number, dy: number): Box {
  return { minX: minX + dx, minY: minY + dy, maxX: maxX + dx, maxY: maxY + dy };
}

/** Of new elements, those that lie in none of the others. */
export function roots(board: Board, ids: readonly ElementId[]): ElementId[] {
  const all = new Set(ids);
  return ids.filter((id) => {
    const parent = board.get(id)?.parent ?? null;
    return parent === null || !all.has(parent);
  });
}
