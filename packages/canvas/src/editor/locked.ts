import type { Board, ElementId } from '@inkwire/core';

/** Whether an element, or a group or frame that holds it, is locked. */
export function isLocked(board: Board, id: ElementId): boolean {
  // Resolved parents form no cycle (D9).
  for (let at: ElementId | null = id; at !== null; ) {
    const element = board.get(at);
    if (element === undefined) return false;
    if (element.locked) return true;
    at = element.parent;
  }
  return false;
}

/** Of `ids`, those that may be changed. */
export function unlocked(board: Board, ids: readonly ElementId[]): ElementId[] {
  return ids.filter((id) => !isLocked(board, id));
}
