import { type ElementId, rotateElements } from '@inkwire/core';
import { holdElements } from './held-gesture.js';
import type { Mark } from './mark.js';
import type { SelectionFrame } from './selection-frame.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

/** With Shift, angles are multiples of this. */
const STEP = Math.PI / 12;
/** Nearer than this to upright, a frame is meant to be upright. */
const UPRIGHT = Math.PI / 90;

/** Turns elements around the middle of their frame: with Shift in steps of 15°. */
export function beginRotate(
  context: ToolContext,
  ids: readonly ElementId[],
  frame: SelectionFrame,
  first: PointerSample,
): Gesture {
  const { board } = context;
  const [x, y] = frame.centre;
  const start = angleAt(first);
  let angle = 0;
  let last = first;
  const held = holdElements<number>(context, ids, (present, by) =>
    rotateElements(board, present, [x, y], by),
  );

  function angleAt({ point }: PointerSample): number {
    return Math.atan2(point[1] - y, point[0] - x);
  }

  return {
    cursor: 'grabbing',
    get preview() {
      return held.preview;
    },
    get marks(): readonly Mark[] {
      const degrees = Math.round(((frame.angle + angle) * 180) / Math.PI);
      return [{ kind: 'label', at: last.point, text: `${((degrees % 360) + 360) % 360}°` }];
    },
    get drag() {
      if (angle === 0 || held.ids.length === 0) return null;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      const transform = [
        cosine,
        sine,
        -sine,
        cosine,
        x - cosine * x + sine * y,
        y - sine * x - cosine * y,
      ] as const;
      return { ids: held.ids, transform };
    },
    move(samples) {
      last = samples.at(-1) ?? last;
      if (held.ids.length === 0) return;
      angle = settle(frame.angle + angleAt(last) - start, last) - frame.angle;
      held.update(angle);
    },
    finish: held.finish,
    cancel: held.cancel,
  };
}

/** The angle that is meant. */
function settle(angle: number, { keys }: PointerSample): number {
  if (keys.shift) return Math.round(angle / STEP) * STEP;
  const quarter = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);
  return !keys.mod && Math.abs(angle - quarter) < UPRIGHT ? quarter : angle;
}
