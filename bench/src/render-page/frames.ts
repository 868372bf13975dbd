/** Resolves in the next frame, before it is painted. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Resolves in a task of its own, after what is already waiting. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Resolves when a frame that begins from now on has been handed over to be shown. */
export const nextPaint = async (): Promise<void> => {
  await nextFrame();
  await nextTask();
};

/** Waits until all that was drawn on the canvas is really there. */
export const readBack = (canvas: HTMLCanvasElement): void => {
  canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
};

export interface Frames {
  /** Wall time of each frame in ms: from an event, over the scripts that it causes, to the end of painting. */
  readonly times: readonly number[];
  /** Wall time of all of them up to a read-back at the end, in ms. */
  readonly total: number;
}

/** The first frames after a pause wait for the browser to wake up. */
const WARM_UP = 5;

/**
 * Lets `step` cause `count` frames, one after the other, in tasks before the frame as input events come; stops early
 * after `limit` ms and at least five frames.
 */
export const runFrames = async (
  count: number,
  limit: number,
  canvas: HTMLCanvasElement,
  step: (index: number) => void,
): Promise<Frames> => {
  const times: number[] = [];
  let start = performance.now();
  for (let index = -WARM_UP, last = start; index < count; index += 1) {
    step(index + WARM_UP);
    // React renders in a task of its own: without this, every other frame would show nothing new.
    await nextTask();
    await nextPaint();
    if (index === -1) {
      readBack(canvas);
      start = performance.now();
    }
    const now = performance.now();
    if (index >= 0) times.push(now - last);
    last = now;
    if (index >= 4 && now - start > limit) break;
  }
  readBack(canvas);
  return { times, total: performance.now() - start };
};
