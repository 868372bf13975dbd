import { type Box, boxAround, createLasso, type ElementId, type Point } from '@inkwire/core';
import type { Mark } from './mark.js';
import { elementsIn, elementsInLasso, promoteAll } from './pick.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

/** Selects what a box touches that is pulled up, and with Shift besides what was selected. */
export function beginBoxSelect(context: ToolContext, first: PointerSample): Gesture {
  const take = adding(context, first);
  let box: Box = boxAround([first.point]);
  return {
    cursor: 'default',
    get marks(): readonly Mark[] {
      return [{ kind: 'box', box }];
    },
    move(samples) {
      const last = samples.at(-1);
      if (last === undefined) return;
      box = boxAround([first.point, last.point]);
      take(promoteAll(context.board, elementsIn(context, box), context.selection.within));
    },
    finish: () => null,
    cancel: () => take.undo(),
  };
}

/** Selects what a line goes around or touches. */
export function beginLasso(context: ToolContext, first: PointerSample): Gesture {
  const take = adding(context, first);
  const points: Point[] = [first.point];
  return {
    cursor: 'crosshair',
    get marks(): readonly Mark[] {
      return [{ kind: 'lasso', points }];
    },
    move(samples) {
      points.push(...samples.map(({ point }) => point));
      const lasso = createLasso(points);
      if (lasso === null) return;
      take(promoteAll(context.board, elementsInLasso(context, lasso), context.selection.within));
    },
    finish: () => null,
    cancel: () => take.undo(),
  };
}

/** Selects elements besides those that were, where Shift asks for it. */
function adding({ selection }: ToolContext, { keys }: PointerSample) {
  const { within, ids: before } = selection;
  const kept = keys.shift ? before : [];
  const take = (ids: readonly ElementId[]) => selection.set([...kept, ...ids], within);
  return Object.assign(take, { undo: () => selection.set(before, within) });
}
