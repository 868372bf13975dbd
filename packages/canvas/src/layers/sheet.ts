import type { CanvasContext } from '../paint/canvas-surface.js';
import { sameView, type View } from './view.js';

/**
 * A picture of a part of the page in the place of the screen's canvas, which is moved with the page and not painted. It
 * is a bitmap, since browsers without a graphics card copy a canvas for each frame in which it may be seen, painted or not.
 */
export interface Sheet {
  /** The part that it shows; null while the canvas is to be seen. */
  readonly part: View | null;
  /** Shows `part` as `paint` paints it; returns whether it can. */
  show(part: View, paint: (context: CanvasContext) => void): boolean;
  /** Moves it to where its part lies in `view`. */
  place(view: View, pixelRatio: number): void;
  /** Shows the canvas again, and gives the memory back. */
  hide(): void;
}

/** @param replaced the screen's canvas. */
export function createSheet(replaced: HTMLCanvasElement): Sheet {
  const document = replaced.ownerDocument;
  const holder = document.createElement('div');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(holder.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    zIndex: '-1',
    pointerEvents: 'none',
    transformOrigin: '0 0',
    // A layer of the browser's compositor.
    willChange: 'transform',
  });
  Object.assign(canvas.style, { display: 'block', maxWidth: 'none' });
  holder.append(canvas);
  const bitmap = canvas.getContext('bitmaprenderer', { alpha: false });
  let easel: OffscreenCanvas | null = null;
  let part: View | null = null;
  let placed: { readonly view: View; readonly pixelRatio: number } | null = null;

  return {
    get part() {
      return part;
    },
    show(next, paint) {
      if (easel?.width !== next.width || easel.height !== next.height)
        easel = new OffscreenCanvas(next.width, next.height);
      const context = easel.getContext('2d', { alpha: false });
      if (context === null || bitmap === null) return false;
      paint(context);
      canvas.style.width = `${next.width}px`;
      canvas.style.height = `${next.height}px`;
      bitmap.transferFromImageBitmap(easel.transferToImageBitmap());
      if (part === null) {
        replaced.after(holder);
        replaced.style.visibility = 'hidden';
      }
      part = next;
      placed = null;
      return true;
    },
    place(view, pixelRatio) {
      if (part === null) return;
      if (placed !== null && placed.pixelRatio === pixelRatio && sameView(placed.view, view)) return;
      placed = { view, pixelRatio };
      // Not by its width and height: those a browser rounds, and would stretch it by a fraction of a pixel.
      const [x, y] = [part.originX - view.originX, part.originY - view.originY];
      holder.style.transform = `scale(${1 / pixelRatio}) translate(${x}px, ${y}px)`;
    },
    hide() {
      if (part === null) return;
      part = null;
      holder.remove();
      replaced.style.visibility = '';
      bitmap?.transferFromImageBitmap(null);
      easel = null;
    },
  };
}
