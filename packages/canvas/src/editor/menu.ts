import type { Point } from '@inkwire/core';
import { toPage, toViewport } from '../scene/camera.js';
import type { Editor } from './editor.js';
import { elementsAt, promote } from './pick.js';
import { frameAround, framePoint } from './selection-frame.js';

/** Where a menu is wanted, in CSS pixels from the board's top left corner. */
export interface MenuRequest {
  readonly x: number;
  readonly y: number;
}

/** The event with which a board asks for a menu; whoever shows one prevents the default, which is none. */
export const MENU_EVENT = 'inkwire-menu';

/**
 * Asks for a menu of what is under the pointer, which is selected unless it is: what is locked too, since its menu is where
 * it can be unlocked.
 *
 * @param at in CSS pixels; null for a key, which means what is selected.
 */
export function requestMenu(element: HTMLElement, editor: Editor, at: Point | null): void {
  if (editor.busy) return;
  if (at !== null) selectAt(editor, at);
  const [x, y] = at ?? placeOfSelection(editor);
  const event = new CustomEvent<MenuRequest>(MENU_EVENT, {
    bubbles: true,
    cancelable: true,
    detail: { x, y },
  });
  element.dispatchEvent(event);
}

function selectAt(editor: Editor, at: Point): void {
  const { board, camera, selection } = editor;
  const context = { board, query: board.query, find: board.recall, zoom: camera.zoom };
  const keys = { shift: false, alt: false, mod: false };
  const sample = { point: toPage(camera, at), pressure: undefined, device: 'mouse', keys } as const;
  const all = elementsAt(context, sample);
  if (all.some(({ id }) => selection.has(promote(board, id, selection.within)))) return;
  const [top] = all;
  if (top === undefined) {
    selection.set([]);
    return;
  }
  if (editor.tools.has('select')) editor.setTool('select');
  selection.set([promote(board, top.id, selection.within)], selection.within);
}

function placeOfSelection({ board, camera, selection, size }: Editor): Point {
  const elements = selection.ids.flatMap((id) => board.get(id) ?? []);
  const frame = frameAround(elements, board.recall);
  const { width, height } = size();
  if (frame === null) return [width / 2, height / 2];
  const [x, y] = toViewport(camera, framePoint(frame, 0, 0));
  return [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
}
