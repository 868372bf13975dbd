import { type ImageElement, type NewValue, type Point, turnAround, writeRegisters } from '@inkwire/core';
import { type Handle, handleCursor } from './handles.js';
import { holdElements } from './held-gesture.js';
import type { Gesture, ToolContext } from './tool.js';
import { middleOf } from './transform-elements.js';

type ResizeHandle = Extract<Handle, { readonly kind: 'resize' }>;

/** No side of what is left of a picture gets shorter than this, page units. */
const SHORTEST = 8;

/** Pulls a side or a corner of what is shown of a picture, which itself stays where it is. */
export function beginCrop(context: ToolContext, image: ImageElement, handle: ResizeHandle): Gesture {
  const { board } = context;
  const held = holdElements<Point>(context, [image.id], ([id], to) => {
    const now = id === undefined ? undefined : board.get(id);
    return writeRegisters(board, now?.kind === 'image' ? cropped(now, handle, to) : []);
  });
  return {
    cursor: handleCursor(handle, image.rotation),
    get preview() {
      return held.preview;
    },
    move(samples) {
      const last = samples.at(-1);
      if (last !== undefined) held.update(last.point);
    },
    finish: held.finish,
    cancel: held.cancel,
  };
}

/** What one axis shows: of the box, from `from` to `to`, and of the picture, as parts of it. */
interface Shown {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

function cropped(image: ImageElement, handle: ResizeHandle, to: Point): NewValue[] {
  const { id, size, crop, rotation } = image;
  const centre = middleOf(image);
  const [width, height] = [Math.abs(size[0]), Math.abs(size[1])];
  const corner: Point = [centre[0] - width / 2, centre[1] - height / 2];
  const [x, y] = turnAround(to, centre, -rotation);
  const across = pull(size[0], crop[0], crop[2], handle.x, x - corner[0]);
  const along = pull(size[1], crop[1], crop[3], handle.y, y - corner[1]);
  const middle: Point = [corner[0] + (across.from + across.to) / 2, corner[1] + (along.from + along.to) / 2];
  const [middleX, middleY] = turnAround(middle, centre, rotation);
  const [newWidth, newHeight] = [across.to - across.from, along.to - along.from];
  return [
    { id, register: 'position', value: [middleX - newWidth / 2, middleY - newHeight / 2] },
    {
      id,
      register: 'size',
      value: [newWidth * Math.sign(size[0] || 1), newHeight * Math.sign(size[1] || 1)],
    },
    { id, register: 'crop', value: [across.low, along.low, across.high, along.high] },
  ];
}

/** @param size negative where the picture is mirrored: its low end is then at the far side of the box. */
function pull(size: number, low: number, high: number, side: -1 | 0 | 1, at: number): Shown {
  const length = Math.abs(size);
  const whole = length / (high - low);
  const mirrored = size < 0;
  const [before, after] = mirrored ? [(1 - high) * whole, low * whole] : [low * whole, (1 - high) * whole];
  const shortest = Math.min(SHORTEST, length);
  const from = side === -1 ? Math.min(Math.max(at, -before), length - shortest) : 0;
  const to = side === 1 ? Math.max(Math.min(at, length + after), shortest) : length;
  if (mirrored) return { from, to, low: low + (length - to) / whole, high: high - from / whole };
  return { from, to, low: low + from / whole, high: high - (length - to) / whole };
}
