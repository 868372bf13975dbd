import { type ElementId, type Point, removeElements } from '@inkwire/core';
import { sweeps } from './sweep.js';
import type { Tool } from './tool.js';

/** Half the eraser's width in CSS pixels. */
const REACH = 6;

/** Removes whole elements: those that the pointer touched fade, and go when it is lifted. */
export const eraser: Tool = {
  name: 'eraser',
  cursor: 'cell',
  style: null,
  begin({ board, query, find, zoom }, first) {
    const reach = REACH / zoom;
    const fading = new Set<ElementId>();
    let last: Point = first.point;

    function sweep(to: Point): void {
      const box = {
        minX: Math.min(last[0], to[0]) - reach,
        minY: Math.min(last[1], to[1]) - reach,
        maxX: Math.max(last[0], to[0]) + reach,
        maxY: Math.max(last[1], to[1]) + reach,
      };
      for (const element of query(box)) {
        if (!element.locked && !fading.has(element.id) && sweeps(element, last, to, reach, find)) {
          fading.add(element.id);
        }
      }
      last = to;
    }

    sweep(first.point);
    return {
      fading,
      move(samples) {
        for (const { point } of samples) sweep(point);
      },
      finish() {
        // Somebody else may have removed some of them meanwhile.
        const ids = [...fading].filter((id) => board.get(id) !== undefined);
        return ids.length > 0 ? removeElements(board, ids) : null;
      },
    };
  },
};
