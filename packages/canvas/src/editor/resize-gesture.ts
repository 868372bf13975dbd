import {
  type Board,
  type Change,
  type ElementId,
  type Matrix,
  mapPoint,
  type NewValue,
  type Point,
  resizeElements,
  turnAround,
  withContents,
  writeRegisters,
} from '@inkwire/core';
import { type Handle, handleCursor } from './handles.js';
import { holdElements } from './held-gesture.js';
import type { Mark } from './mark.js';
import { framePoint, type SelectionFrame } from './selection-frame.js';
import type { SnapLines } from './snap.js';
import { alignPoint, snapTargets } from './snap-targets.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';
import { middleOf } from './transform-elements.js';

/** A stretch along the axes of a frame, away from a point that stays where it is. */
interface Stretch {
  readonly origin: Point;
  readonly angle: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

type ResizeHandle = Extract<Handle, { readonly kind: 'resize' }>;

/** No side gets shorter than this, page units: from nothing there would be no way back. */
const SHORTEST = 1;

/**
 * Stretches elements by a corner or a side of their frame: with Shift in proportion, with Alt from the middle, aligned
 * with what is around unless Control or Command is held. Pulled past the other side, they are mirrored.
 */
export function beginResize(
  context: ToolContext,
  ids: readonly ElementId[],
  frame: SelectionFrame,
  handle: ResizeHandle,
  first: PointerSample,
): Gesture {
  const { board } = context;
  const targets = snapTargets(context, ids);
  const proportional = withContents(board, ids).some(({ kind }) => kind === 'text' || kind === 'image');
  let marks: readonly Mark[] = [];
  let stretched: Stretch | null = null;
  const held = holdElements<Stretch>(context, ids, (present, stretch) =>
    stretchElements(board, present, stretch),
  );
  const grabbed = framePoint(frame, handle.x, handle.y);

  function measure({ point, keys }: PointerSample): Stretch {
    let to: Point = [grabbed[0] + point[0] - first.point[0], grabbed[1] + point[1] - first.point[1]];
    marks = [];
    if (!keys.mod && frame.angle === 0) {
      const lines: SnapLines = { x: handle.x === 0 ? [] : ['middle'], y: handle.y === 0 ? [] : ['middle'] };
      ({ point: to, marks } = alignPoint(to, targets, lines));
    }
    // A picture and a text keep their proportions at the corners, where Shift then lets them go.
    const corner = handle.x !== 0 && handle.y !== 0;
    const keeps = corner && proportional ? !keys.shift : keys.shift;
    return stretchOf(frame, handle, to, keys.alt, keeps);
  }

  return {
    cursor: handleCursor(handle, frame.angle),
    get preview() {
      return held.preview;
    },
    get marks() {
      return marks;
    },
    get drag() {
      if (stretched === null || held.ids.length === 0) return null;
      return { ids: held.ids, transform: matrixOf(stretched) };
    },
    move(samples) {
      const last = samples.at(-1);
      if (last === undefined || held.ids.length === 0) return;
      stretched = measure(last);
      held.update(stretched);
    },
    finish: held.finish,
    cancel: held.cancel,
  };
}

function stretchOf(
  frame: SelectionFrame,
  handle: ResizeHandle,
  to: Point,
  fromMiddle: boolean,
  proportional: boolean,
): Stretch {
  const origin = fromMiddle ? frame.centre : framePoint(frame, -handle.x, -handle.y);
  const [x, y] = turnAround(to, origin, -frame.angle);
  const reach = fromMiddle ? 0.5 : 1;
  let scaleX = handle.x === 0 ? 1 : factor((x - origin[0]) * handle.x, frame.width * reach);
  let scaleY = handle.y === 0 ? 1 : factor((y - origin[1]) * handle.y, frame.height * reach);
  if (proportional) {
    // A side takes the other one along; at a corner the one that was pulled further leads.
    const lead = handle.y === 0 || (handle.x !== 0 && Math.abs(scaleX) >= Math.abs(scaleY)) ? scaleX : scaleY;
    scaleX = Math.abs(lead) * (handle.x === 0 ? 1 : sign(scaleX));
    scaleY = Math.abs(lead) * (handle.y === 0 ? 1 : sign(scaleY));
  }
  return { origin, angle: frame.angle, scaleX, scaleY };
}

function factor(length: number, before: number): number {
  if (before === 0) return 1;
  const shortest = Math.min(SHORTEST, before);
  return Math.abs(length) < shortest ? (sign(length) * shortest) / before : length / before;
}

function sign(value: number): 1 | -1 {
  return value < 0 ? -1 : 1;
}

function matrixOf({ origin, angle, scaleX, scaleY }: Stretch): Matrix {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const a = cosine * cosine * scaleX + sine * sine * scaleY;
  const b = cosine * sine * (scaleX - scaleY);
  const d = sine * sine * scaleX + cosine * cosine * scaleY;
  const [x, y] = origin;
  return [a, b, b, d, x - a * x - b * y, y - b * x - d * y];
}

/** Along the page's axes anything can be stretched; along its own, an element that stands by itself. */
function stretchElements(board: Board, ids: readonly ElementId[], stretch: Stretch): Change {
  const { origin, angle, scaleX, scaleY } = stretch;
  if (angle === 0) return resizeElements(board, ids, origin, scaleX, scaleY);
  const matrix = matrixOf(stretch);
  const values = withContents(board, ids).flatMap((element): NewValue[] => {
    const { id, kind, size } = element;
    if (kind === 'group' || kind === 'line' || kind === 'arrow') return [];
    const [width, height] = [size[0] * scaleX, size[1] * scaleY];
    const [x, y] = mapPoint(matrix, middleOf(element));
    const placed: NewValue[] = [
      { id, register: 'position', value: [x - Math.abs(width) / 2, y - Math.abs(height) / 2] },
      { id, register: 'size', value: [width, height] },
    ];
    if (kind === 'text')
      placed.push({ id, register: 'fontSize', value: element.fontSize * Math.abs(scaleY) });
    return placed;
  });
  return writeRegisters(board, values);
}
