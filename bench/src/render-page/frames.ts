/** Resolves in the next frame, before it is painted, with the time at which that frame began (ms). */
export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

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

/** Waits until all that was drawn on the canvases in `element` is really there. */
export const readBack = (element: HTMLElement): void => {
  for (const canvas of element.querySelectorAll('canvas')) canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
};

export interface Frames {
  /** Wall time of each frame in ms: the scripts that its event caused, and painting, up to a read-back. */
  readonly times: readonly number[];
}

/** The first frames after a pause wait for the browser to wake up. */
const WARM_UP = 5;

/**
 * Lets `step` cause `count` frames, one after the other, in tasks before the frame as input events come; stops early
 * after `limit` ms and at least five frames. Time in which the page only waits for its next frame does not count.
 */
export const runFrames = async (
  count: number,
  limit: number,
  element: HTMLElement,
  step: (index: number) => void,
): Promise<Frames> => {
  const times: number[] = [];
  const begun = performance.now();
  for (let index = 0; index < count + WARM_UP; index += 1) {
    const time = await frame(element, () => step(index));
    if (index >= WARM_UP) times.push(time);
    if (times.length >= 5 && performance.now() - begun > limit) break;
  }
  return { times };
};

const frame = async (element: HTMLElement, step: () => void): Promise<number> => {
  let framed: number | undefined;
  const start = performance.now();
  // Asked for first, so it is called before what the step asks for.
  requestAnimationFrame(() => {
    framed = performance.now();
  });
  step();
  // React renders in a task of its own, which is before this one.
  await nextTask();
  if (framed !== undefined) {
    readBack(element);
    return performance.now() - start;
  }
  const waited = performance.now();
  await nextFrame();
  readBack(element);
  return waited - start + (performance.now() - (framed ?? waited));
};
