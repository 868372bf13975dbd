import {
  type Box,
  type Change,
  compose,
  type Element,
  type ElementId,
  emptyChange,
  erasedRanges,
  eraseParts,
  inkLine,
  isEmptyChange,
  type Point,
  type Range,
  remainingRanges,
  removeElements,
  uniteRanges,
} from '@inkwire/core';
import { isLocked } from './locked.js';
import type { Preview, Tool } from './tool.js';

/** Half the eraser's width in CSS pixels. */
const REACH = 9;
const NOTHING: Preview = new Map();

/** Erases what it touches of strokes; a stroke of which nothing is left is removed. */
export const partEraser: Tool = {
  name: 'part-eraser',
  cursor: 'cell',
  style: null,
  begin({ board, query, zoom }, first) {
    const reach = REACH / zoom;
    const erased = new Map<ElementId, readonly Range[]>();
    let last: Point = first.point;
    let preview = NOTHING;

    function sweep(to: Point): boolean {
      let touched = false;
      for (const stroke of query(boxAlong(last, to, reach))) {
        if (stroke.kind !== 'stroke' || isLocked(board, stroke.id)) continue;
        const ranges = erasedRanges(inkLine(stroke), last, to, reach + stroke.width / 2);
        if (ranges.length === 0) continue;
        erased.set(stroke.id, uniteRanges([...(erased.get(stroke.id) ?? []), ...ranges]));
        touched = true;
      }
      last = to;
      return touched;
    }

    /** On the board as it is now: somebody else may have erased or removed more of it. */
    function evaluate(): Change {
      const erasures = [...erased].map(([id, ranges]) => ({ id, ranges }));
      const gone = erasures
        .filter(({ id, ranges }) => isNothingLeft(board.get(id), ranges))
        .map(({ id }) => id);
      const left = erasures.filter(({ id }) => !gone.includes(id));
      const change = left.length === 0 ? emptyChange(board.writer) : eraseParts(board, left);
      return gone.length === 0 ? change : compose(change, removeElements(board, gone));
    }

    function follow(samples: readonly { readonly point: Point }[]): void {
      let touched = false;
      for (const { point } of samples) touched = sweep(point) || touched;
      if (touched) preview = board.preview(evaluate());
    }

    follow([first]);
    return {
      get preview() {
        return preview;
      },
      move: follow,
      finish() {
        const change = evaluate();
        return isEmptyChange(change) ? null : change;
      },
    };
  },
};

function isNothingLeft(element: Element | undefined, ranges: readonly Range[]): boolean {
  if (element?.kind !== 'stroke') return false;
  return remainingRanges(inkLine(element).length / 2, uniteRanges([...element.cuts, ...ranges])).length === 0;
}

function boxAlong(from: Point, to: Point, reach: number): Box {
  return {
    minX: Math.min(from[0], to[0]) - reach,
    minY: Math.min(from[1], to[1]) - reach,
    maxX: Math.max(from[0], to[0]) + reach,
    maxY: Math.max(from[1], to[1]) + reach,
  };
}
