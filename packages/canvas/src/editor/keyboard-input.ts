import type { Board, Point } from '@inkwire/core';
import { panBy, zoomTo } from '../scene/camera.js';
import type { Editor } from './editor.js';

/** What a key does besides drawing; the view knows how. */
export interface KeyboardTarget {
  readonly editor: Editor;
  readonly board: Board;
  /** The middle of the viewport in CSS pixels. */
  middle(): Point;
  /** Shows the whole board. */
  fit(): void;
  setPanHeld(held: boolean): void;
}

/** CSS pixels of one press of an arrow key; with Shift, four times that. */
const PAN_STEP = 60;
const ZOOM_STEP = 1.25;

const TOOL_KEYS: Readonly<Record<string, string>> = { p: 'pen', m: 'highlighter', e: 'eraser', h: 'hand' };
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Keys while the board has the focus: tools (P, M, E, H), arrows to move the page, + and - to zoom, 0 for 100 %,
 * 1 for the whole board, Space to drag the page, Escape to give up a stroke, and undo and redo as the platform has them.
 */
export function attachKeyboardInput(element: HTMLElement, target: KeyboardTarget, signal: AbortSignal): void {
  const { editor, board } = target;

  function zoomBy(factor: number): void {
    editor.setCamera(zoomTo(editor.camera, editor.camera.zoom * factor, target.middle()));
  }

  function command(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if (event.altKey) return false;
    if (event.ctrlKey || event.metaKey) {
      if (editor.readOnly || (key !== 'z' && key !== 'y')) return false;
      if (key === 'y' || event.shiftKey) board.redo();
      else board.undo();
      return true;
    }
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const step = PAN_STEP * (event.shiftKey ? 4 : 1);
      editor.setCamera(panBy(editor.camera, arrow[0] * step, arrow[1] * step));
      return true;
    }
    const tool = TOOL_KEYS[key];
    if (tool !== undefined) {
      editor.setTool(tool);
      return true;
    }
    switch (key) {
      case '+':
      case '=':
        zoomBy(ZOOM_STEP);
        return true;
      case '-':
      case '_':
        zoomBy(1 / ZOOM_STEP);
        return true;
      case '0':
        editor.setCamera(zoomTo(editor.camera, 1, target.middle()));
        return true;
      case '1':
        target.fit();
        return true;
      case ' ':
        target.setPanHeld(true);
        return true;
      case 'escape':
        editor.abandon();
        return true;
      default:
        return false;
    }
  }

  element.addEventListener(
    'keydown',
    (event) => {
      // Keys that belong to an input method, or to something inside the board, are not for the board.
      if (event.isComposing || event.target !== element) return;
      if (command(event)) event.preventDefault();
    },
    { signal },
  );
  element.addEventListener('keyup', (event) => event.key === ' ' && target.setPanHeld(false), { signal });
  element.addEventListener('blur', () => target.setPanHeld(false), { signal });
}
