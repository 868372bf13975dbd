import type { Matrix } from '@inkwire/core';
import { caretAt, selectionBoxes } from '../paint/text-caret.js';
import type { TextLayout } from '../paint/text-layout.js';
import type { TextSelection } from './text-session.js';

/** Where a person writes: what is selected of a text, and the caret. */
export interface ShownCaret extends TextSelection {
  readonly layout: TextLayout;
  /** From the layout to the viewport, CSS pixels. */
  readonly matrix: Matrix;
  /** Any CSS colour. */
  readonly color: string;
}

/** Shows where I write. Styles are set through the CSS object model alone, which a strict policy allows. */
export interface CaretLayer {
  show(caret: ShownCaret | null): void;
  destroy(): void;
}

/** CSS pixels, whatever the zoom. */
const CARET_WIDTH = 1.5;
/** Time of a caret's blink, on and off (ms). */
const BLINK = 1060;
const SELECTION_OPACITY = 0.22;

export function createCaretLayer(container: HTMLElement, mayBlink: () => boolean): CaretLayer {
  const document = container.ownerDocument;
  const layer = document.createElement('div');
  layer.setAttribute('aria-hidden', 'true');
  layer.className = 'inkwire-caret';
  Object.assign(layer.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '0',
    height: '0',
    pointerEvents: 'none',
    transformOrigin: '0 0',
    // Both are backgrounds, which a device that forces its colours takes away.
    forcedColorAdjust: 'none',
  });
  const caret = document.createElement('div');
  const boxes: HTMLElement[] = [];
  layer.append(caret);
  let shown = '';

  function place(
    element: HTMLElement,
    x: number,
    y: number,
    width: number,
    height: number,
    color: string,
    opacity: number,
  ): void {
    Object.assign(element.style, {
      position: 'absolute',
      left: `${x}px`,
      top: `${y}px`,
      width: `${width}px`,
      height: `${height}px`,
      backgroundColor: color,
      opacity: String(opacity),
    });
  }

  return {
    show(next) {
      const key =
        next === null
          ? ''
          : [
              ...next.matrix,
              next.anchor,
              next.caret,
              next.color,
              next.layout.fontSize,
              next.layout.text,
            ].join(' ');
      if (key === shown) return;
      shown = key;
      if (next === null) {
        layer.remove();
        return;
      }
      const { layout, matrix, anchor, caret: index, color } = next;
      const scale = Math.hypot(matrix[0], matrix[1]);
      layer.style.transform = `matrix(${matrix.join(', ')})`;
      const selected = selectionBoxes(layout, Math.min(anchor, index), Math.max(anchor, index));
      while (boxes.length < selected.length) {
        const box = document.createElement('div');
        boxes.push(box);
        layer.prepend(box);
      }
      for (const box of boxes.splice(selected.length)) box.remove();
      for (const [i, { minX, minY, maxX, maxY }] of selected.entries())
        place(boxes[i] as HTMLElement, minX, minY, maxX - minX, maxY - minY, color, SELECTION_OPACITY);
      const { x, top, height } = caretAt(layout, index);
      const width = CARET_WIDTH / scale;
      place(caret, x - width / 2, top, width, height, color, 1);
      // Each movement begins a blink anew, so that a moving caret can be seen.
      for (const animation of caret.getAnimations()) animation.cancel();
      if (mayBlink())
        caret.animate(
          { opacity: [1, 1, 0, 0] },
          { duration: BLINK, iterations: Number.POSITIVE_INFINITY, easing: 'steps(4, jump-none)' },
        );
      if (layer.parentElement === null) container.append(layer);
    },
    destroy: () => layer.remove(),
  };
}
