import type { Contender, Place } from './contender.js';
import { createExcalidraw } from './excalidraw.js';
import { type Frames, nextPaint, runFrames } from './frames.js';
import { createInkwire } from './inkwire.js';
import { type Fresh, scrollFresh } from './scroll-fresh.js';

export type Name = 'inkwire' | 'excalidraw';
export type { Frames, Fresh, Place };

/** What the page does when it is asked to; times in ms. */
export interface RenderPage {
  open(name: Name, stored: string, place: Place): Promise<number>;
  look(place: Place): Promise<void>;
  /** Pans along a circle: all of it has been seen once. */
  pan(count: number, limit: number): Promise<Frames>;
  zoom(count: number, limit: number): Promise<Frames>;
  /** Another person's changes, one a frame. */
  remote(stored: string, count: number, limit: number): Promise<Frames>;
  /** What an event of a pointer that hovers costs, each. */
  hover(count: number, limit: number): Promise<readonly number[]>;
  /** Draws one stroke, a point a frame. */
  draw(count: number, limit: number): Promise<Frames>;
  /** Begins a stroke, of which it draws so many points at once: they lead to where all such strokes are ended. */
  beginStroke(count: number): Promise<void>;
  /** Draws the rest of that stroke, a point a frame, and takes the stroke back. */
  endStroke(count: number): Promise<Frames>;
  /** Pans over what was never seen, at the screen's own rate. */
  fresh(count: number, step: number): Promise<Fresh>;
  /** Frames that the page asked for while nothing happened. */
  idle(duration: number): Promise<number>;
  /** Copies a whole canvas in each frame: the least that a frame of a canvas can cost. */
  blit(count: number): Promise<Frames>;
  showsInk(): boolean;
}

declare global {
  interface Window {
    renderPage: RenderPage;
  }
}

const element = document.querySelector<HTMLElement>('#board');
if (element === null) throw new Error('The page has no place for a board.');
const board = element;
let contender: Contender | undefined;

const opened = (): Contender => {
  if (contender === undefined) throw new Error('Nothing is open.');
  return contender;
};

const read = async (file: string): Promise<ArrayBuffer> => (await fetch(`./${file}`)).arrayBuffer();

const MIDDLE = { clientX: 640, clientY: 400 };

const wheel = (deltaX: number, deltaY: number, ctrlKey = false): void => {
  const init = { deltaX, deltaY, ctrlKey, ...MIDDLE, bubbles: true, cancelable: true };
  opened().target().dispatchEvent(new WheelEvent('wheel', init));
};

const pointer = (type: string, clientX: number, clientY: number, buttons: number): void => {
  const button = type === 'pointermove' ? -1 : 0;
  const init = { clientX, clientY, buttons, button, pointerId: 1, pointerType: 'mouse', isPrimary: true };
  opened()
    .target()
    .dispatchEvent(new PointerEvent(type, { ...init, bubbles: true, cancelable: true, composed: true }));
};

// Pointers that scripts make up cannot be captured; the events reach their target anyway.
Element.prototype.setPointerCapture = () => {};

/** A point of a line that wanders over the viewport, about four pixels from the one before. */
const wander = (index: number): [x: number, y: number] => [
  640 + 420 * Math.sin(index / 97) + 90 * Math.sin(index / 23),
  400 + 220 * Math.sin(index / 61) + 60 * Math.cos(index / 17),
];

/** The point of that line where strokes are ended that are taken back. */
const STROKE_END = 4_900;

window.renderPage = {
  async open(name, stored, place) {
    const bytes = await read(stored);
    await nextPaint();
    const start = performance.now();
    contender = name === 'inkwire' ? createInkwire(board) : createExcalidraw(board);
    await contender.open(bytes, place);
    return performance.now() - start;
  },
  look: (place) => opened().look(place),
  pan(count, limit) {
    const at = (index: number): [number, number] => [
      Math.round(160 * Math.sin(index / 20)),
      Math.round(160 * Math.cos(index / 20)),
    ];
    return runFrames(count, limit, board, (index) => {
      const [fromX, fromY] = at(index);
      const [toX, toY] = at(index + 1);
      wheel(toX - fromX, toY - fromY);
    });
  },
  zoom: (count, limit) =>
    runFrames(count, limit, board, (index) => {
      const inwards = Math.floor(index / 15) % 2 === 0;
      wheel(0, inwards ? opened().zoomDelta : -opened().zoomDelta, true);
    }),
  async remote(stored, count, limit) {
    const arrive = opened().remoteMoves(await read(stored));
    return runFrames(count, limit, board, arrive);
  },
  async hover(count, limit) {
    opened().takeTool('select');
    await nextPaint();
    const times: number[] = [];
    let spent = 0;
    for (let index = 0; index < count && (spent < limit || index < 5); index += 1) {
      const [x, y] = wander(index * 11);
      const start = performance.now();
      pointer('pointermove', x, y, 0);
      const time = performance.now() - start;
      times.push(time);
      spent += time;
      await nextPaint();
    }
    return times;
  },
  async draw(count, limit) {
    opened().takeTool('pen');
    await nextPaint();
    const [x, y] = wander(0);
    pointer('pointermove', x, y, 0);
    pointer('pointerdown', x, y, 1);
    const frames = await runFrames(count, limit, board, (index) =>
      pointer('pointermove', ...wander(index + 1), 1),
    );
    pointer('pointerup', ...wander(count), 0);
    await nextPaint();
    return frames;
  },
  async beginStroke(count) {
    opened().takeTool('pen');
    const [x, y] = wander(STROKE_END - count);
    pointer('pointermove', x, y, 0);
    pointer('pointerdown', x, y, 1);
    for (let index = 1; index < count; index += 1)
      pointer('pointermove', ...wander(STROKE_END - count + index), 1);
    await nextPaint();
  },
  async endStroke(count) {
    const frames = await runFrames(count, Number.POSITIVE_INFINITY, board, (index) =>
      pointer('pointermove', ...wander(STROKE_END + index), 1),
    );
    pointer('pointercancel', ...wander(STROKE_END + count), 0);
    await opened().settle();
    return frames;
  },
  fresh: (count, step) =>
    scrollFresh(board, count, (direction) => wheel(direction * step, 0), opened().settle),
  async idle(duration) {
    await opened().settle();
    const { requestAnimationFrame } = window;
    let asked = 0;
    window.requestAnimationFrame = (callback) => {
      asked += 1;
      return requestAnimationFrame.call(window, callback);
    };
    await new Promise((resolve) => setTimeout(resolve, duration));
    window.requestAnimationFrame = requestAnimationFrame;
    return asked;
  },
  async blit(count) {
    const canvas = document.createElement('canvas');
    const source = new OffscreenCanvas(innerWidth, innerHeight);
    canvas.width = source.width;
    canvas.height = source.height;
    canvas.style.position = 'absolute';
    board.replaceChildren(canvas);
    const context = canvas.getContext('2d', { alpha: false });
    const from = source.getContext('2d', { alpha: false });
    if (from === null || context === null) throw new Error('There is no canvas to copy.');
    for (let x = 0; x < source.width; x += 40) from.fillRect(x, 0, 20, source.height);
    const frames = await runFrames(count, 5_000, board, (index) =>
      context.drawImage(source, -(index % 7), 0),
    );
    canvas.remove();
    return frames;
  },
  showsInk() {
    const canvas = opened().canvas();
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    const pixels = new Uint32Array(data?.buffer ?? new ArrayBuffer(0));
    return pixels.some((pixel) => pixel !== pixels[0]);
  },
};
