import { type ElementId, outermost, withContents } from '@inkwire/core';
import { beginLasso } from './box-select.js';
import { beginCrop } from './crop-gesture.js';
import { frameHandleAt, gripAt, type Handle, handleCursor, lineGrips } from './handles.js';
import { beginLinePoint } from './line-point-gesture.js';
import { isLocked, unlocked } from './locked.js';
import { elementsAt, hitsTitle, promote } from './pick.js';
import { beginPress } from './press-gesture.js';
import { beginResize } from './resize-gesture.js';
import { beginRotate } from './rotate-gesture.js';
import { frameAround, type SelectionFrame, singleLine } from './selection-frame.js';
import { isWritten } from './text-elements.js';
import type { Gesture, Hover, PointerSample, Tool, ToolContext } from './tool.js';

/** How far beside a handle a pointer may take it, CSS pixels. */
const GRIP_REACH = { mouse: 9, pen: 12, touch: 22 } as const;

/**
 * Selects elements, and takes them in hand: by their frame's handles to resize and turn them, by themselves to move
 * them. Beside them a box is pulled up, with Alt a lasso.
 */
export const select: Tool = {
  name: 'select',
  cursor: 'default',
  style: null,
  harmless: true,
  begin(context, sample) {
    return beginHandle(context, sample) ?? beginPress(context, sample);
  },
  hover(context, sample): Hover {
    const grabbed = handleAt(context, sample);
    if (grabbed !== null)
      return { cursor: handleCursor(grabbed.handle, grabbed.frame?.angle ?? 0), marks: [] };
    const [top] = elementsAt(context, sample).filter(({ id }) => unlocked(context.board, [id]).length > 0);
    if (top === undefined) return { cursor: 'default', marks: [] };
    const id = promote(context.board, top.id, context.selection.within);
    const marks = context.selection.has(id) ? [] : [{ kind: 'outline', id, strength: 'hover' } as const];
    return { cursor: 'move', marks };
  },
  doubleClick(context, sample) {
    const { board, selection } = context;
    const [top] = elementsAt(context, sample);
    if (top === undefined) return;
    const id = promote(board, top.id, selection.within);
    if (top.kind === 'image' && id === top.id && unlocked(board, [id]).length > 0 && !context.readOnly)
      context.crop(id);
    else if (board.get(id)?.kind === 'group') selection.set([promote(board, top.id, id)], id);
    else if (
      (isWritten(top) || hitsTitle(top, sample.point)) &&
      unlocked(board, [id]).length > 0 &&
      !context.readOnly
    )
      context.write(id);
  },
};

/** Draws a line around elements to select them. */
export const lasso: Tool = {
  name: 'lasso',
  cursor: 'crosshair',
  style: null,
  stays: false,
  harmless: true,
  begin: (context, sample) => beginLasso(context, sample),
};

interface Grabbed {
  readonly handle: Handle;
  readonly frame: SelectionFrame | null;
  readonly ids: readonly ElementId[];
}

/** The handle of what is selected that a pointer would take; none where something of it may not be changed. */
function handleAt(context: ToolContext, { point, device }: PointerSample): Grabbed | null {
  const { board, selection, zoom, find } = context;
  if (selection.ids.length === 0 || context.readOnly) return null;
  if (selection.ids.some((id) => isLocked(board, id))) return null;
  const { ids, elements } = selection;
  const line = singleLine(elements);
  const reach = GRIP_REACH[device];
  if (line !== null) {
    const grip = gripAt(lineGrips(line, zoom, context.find), point, reach / zoom);
    return grip === null ? null : { handle: grip.handle, frame: null, ids };
  }
  const frame = frameAround(elements, find);
  if (frame === null) return null;
  const handle = frameHandleAt(frame, point, zoom, reach);
  // A picture that is being cropped is not turned.
  if (handle?.kind === 'rotate' && context.cropping !== null) return null;
  return handle === null ? null : { handle, frame, ids };
}

function beginHandle(context: ToolContext, sample: PointerSample): Gesture | null {
  const grabbed = handleAt(context, sample);
  if (grabbed === null) return null;
  const { handle, frame } = grabbed;
  const ids = outermost(context.board, grabbed.ids);
  const [id] = ids;
  if (handle.kind === 'point') {
    const line = id === undefined ? undefined : singleLine(withContents(context.board, [id]));
    return line == null ? null : beginLinePoint(context, line, handle);
  }
  if (frame === null) return null;
  const image = id !== undefined && id === context.cropping ? context.board.get(id) : undefined;
  if (image?.kind === 'image' && handle.kind === 'resize') return beginCrop(context, image, handle);
  if (handle.kind === 'rotate') return beginRotate(context, ids, frame, sample);
  return beginResize(context, ids, frame, handle, sample);
}
