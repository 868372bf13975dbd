import { type ElementId, outermost, turnAround } from '@inkwire/core';
import { beginBoxSelect, beginLasso } from './box-select.js';
import { isLocked, unlocked } from './locked.js';
import { beginMove } from './move-gesture.js';
import { elementsAt, hollowAt, isWithin, promote } from './pick.js';
import { frameAround, type SelectionFrame } from './selection-frame.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

/** A press that moves less than this (CSS pixels) is a click. */
const SLIP = { mouse: 4, pen: 6, touch: 10 } as const;

/**
 * A press that hit no handle. As long as it does not move it is a click, which selects: with Shift besides the others, with
 * Alt what lies beneath. When it moves, it takes what it hit or what is selected with it, or pulls up a box.
 */
export function beginPress(context: ToolContext, first: PointerSample): Gesture {
  const { board, selection, zoom } = context;
  const before = { ids: selection.ids, within: selection.within };
  const hit = hitOf(context, first);
  // Taken at once, so that it can be dragged in the same movement; what is selected already may be meant as a whole.
  const taken = hit.target !== null && !selection.has(hit.target) && !first.keys.alt;
  if (taken && hit.target !== null) {
    selection.set(first.keys.shift ? [...selection.ids, hit.target] : [hit.target], hit.within);
  }
  let gesture: Gesture | null = null;

  function beginDrag(): Gesture {
    const moving = unlocked(board, outermost(board, selection.ids));
    if (hit.target !== null || isOnFrame(context, first)) {
      if (context.readOnly) return refuse(context, 'This board is read only.');
      if (first.keys.alt && hit.target !== null && !selection.has(hit.target)) {
        selection.set([hit.target], hit.within);
        return beginMove(context, unlocked(board, [hit.target]), first);
      }
      if (moving.length === 0) return refuse(context, 'This is locked. Unlock it first.');
      return beginMove(context, moving, first);
    }
    if (hit.locked) context.say('This is locked.');
    return first.keys.alt ? beginLasso(context, first) : beginBoxSelect(context, first);
  }

  return {
    get cursor() {
      return gesture?.cursor ?? 'default';
    },
    get preview() {
      return gesture?.preview;
    },
    get marks() {
      return gesture?.marks;
    },
    get drag() {
      return gesture?.drag;
    },
    move(samples, predicted) {
      const last = samples.at(-1);
      if (last === undefined) return;
      const [dx, dy] = [last.point[0] - first.point[0], last.point[1] - first.point[1]];
      if (gesture === null && Math.hypot(dx, dy) * zoom < SLIP[first.device]) return;
      gesture ??= beginDrag();
      gesture.move(samples, predicted);
    },
    finish() {
      if (gesture !== null) return gesture.finish();
      click(context, first, hit, taken);
      return null;
    },
    committed: () => gesture?.committed?.(),
    cancel() {
      gesture?.cancel?.();
      selection.set(before.ids, before.within);
    },
  };
}

function refuse(context: ToolContext, reason: string): Gesture {
  context.say(reason);
  return { cursor: 'not-allowed', move() {}, finish: () => null };
}

interface Hit {
  /** What is meant by what was hit; null for nothing that can be selected. */
  readonly target: ElementId | null;
  readonly within: ElementId | null;
  /** Whether only something locked was hit. */
  readonly locked: boolean;
}

function hitOf(context: ToolContext, sample: PointerSample): Hit {
  const { board, selection } = context;
  const all = elementsAt(context, sample);
  const free = all.filter(({ id }) => !isLocked(board, id));
  const [top] = free;
  if (top === undefined) return { target: null, within: null, locked: all.length > 0 };
  const within =
    selection.within !== null && isWithin(board, top.id, selection.within) ? selection.within : null;
  return { target: promote(board, top.id, within), within, locked: false };
}

function click(context: ToolContext, sample: PointerSample, hit: Hit, taken: boolean): void {
  const { board, selection } = context;
  const { shift, alt } = sample.keys;
  if (alt) {
    const beneath = nextBeneath(context, sample, hit.within);
    if (beneath !== null) selection.set([beneath], hit.within);
  } else if (hit.target !== null) {
    if (shift && !taken) selection.toggle(hit.target);
    else if (!shift) selection.set([hit.target], hit.within);
  } else {
    const hollow = hollowAt(context, sample);
    const free = hollow !== undefined && !isLocked(board, hollow.id);
    const id = free ? promote(board, hollow.id, selection.within) : null;
    if (id !== null) selection.set(shift ? [...selection.ids, id] : [id], selection.within);
    else if (!shift) selection.set([]);
    if (hit.locked) context.say('This is locked. Its menu can unlock it.');
  }
}

/** Of the elements at a place, the one below the selected one; the topmost again after the last. */
function nextBeneath(
  context: ToolContext,
  sample: PointerSample,
  within: ElementId | null,
): ElementId | null {
  const { board, selection } = context;
  const free = elementsAt(context, sample).filter(({ id }) => !isLocked(board, id));
  const meant = [...new Set(free.map(({ id }) => promote(board, id, within)))];
  const at = meant.findIndex((id) => selection.has(id));
  return meant[(at + 1) % meant.length] ?? null;
}

/** Whether a point lies in the frame around several things that are selected: there they are taken as one. */
function isOnFrame({ selection, find }: ToolContext, { point, keys }: PointerSample): boolean {
  if (selection.ids.length === 0 || keys.shift || keys.alt) return false;
  const frame = frameAround(selection.elements, find);
  return frame !== null && holds(frame, point);
}

function holds({ centre, width, height, angle }: SelectionFrame, point: readonly [number, number]): boolean {
  const [x, y] = turnAround(point, centre, -angle);
  return Math.abs(x - centre[0]) <= width / 2 && Math.abs(y - centre[1]) <= height / 2;
}
