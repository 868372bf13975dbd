import { type BoardView, mountBoard } from '@inkwire/canvas';
import { applySnapshot, applyUpdate, createBoard } from '@inkwire/core';
import * as decoding from 'lib0/decoding';
import type { Contender } from './contender.js';
import { nextPaint, nextTask } from './frames.js';

/** A board of this project, without its toolbars. */
export const createInkwire = (element: HTMLElement): Contender => {
  const board = createBoard({ user: 'bench' });
  let view: BoardView | undefined;

  const mounted = (): BoardView => {
    if (view === undefined) throw new Error('The board is not open.');
    return view;
  };

  return {
    zoomDelta: -3,
    async open(stored, place) {
      applySnapshot(board, new Uint8Array(stored));
      view = mountBoard(element, board, { theme: 'light' });
      view.setCamera(place);
      // In the frame that painted the last of it, which is handed over when that frame's task ends.
      await view.idle();
      await nextTask();
    },
    async look(place) {
      mounted().setCamera(place);
      await nextPaint();
      await mounted().idle();
      // Neighbouring tiles are painted ahead once the view is complete.
      await new Promise((resolve) => setTimeout(resolve, 600));
    },
    async settle() {
      await nextPaint();
      await mounted().idle();
    },
    target: () => mounted().element,
    canvas() {
      const canvas = mounted().element.querySelector('canvas');
      if (canvas === null) throw new Error('The board has no canvas.');
      return canvas;
    },
    takeTool: (tool) => mounted().setTool(tool),
    remoteMoves(stored) {
      const decoder = decoding.createDecoder(new Uint8Array(stored));
      return () => {
        if (!decoding.hasContent(decoder)) throw new Error('There are no more moves.');
        applyUpdate(board, decoding.readVarUint8Array(decoder), 'remote');
      };
    },
  };
};
