import { createTaskLoop } from './task-loop.js';

/** Runs `render` when something changed, at most once a frame, and not at all while nothing does. */
export interface FrameLoop {
  /**
   * Renders for the first time as soon as the scripts that run now are done: what takes long then has begun when the
   * screen's next frame comes, and does not only begin.
   */
  begin(): void;
  /** Something changed: render in the next frame. */
  invalidate(): void;
  /** Renders now, in place of the next frame: for changes the browser shows before it asks for a frame (resize). */
  flush(): void;
  /** Resolves when `isIdle` holds after a frame, or at once if it does and no frame is due. */
  idle(): Promise<void>;
  destroy(): void;
}

/** What {@link createFrameLoop} needs of a window. */
export interface FrameSource {
  requestAnimationFrame(callback: (time: number) => void): number;
  cancelAnimationFrame(handle: number): void;
}

/**
 * @param render gets the milliseconds since the page was opened; returns whether it wants the next frame as well.
 * @param isIdle whether everything that is known has been painted.
 */
export function createFrameLoop(
  source: FrameSource,
  now: () => number,
  render: (time: number) => boolean,
  isIdle: () => boolean,
): FrameLoop {
  const tasks = createTaskLoop();
  let handle: number | null = null;
  let waiting: (() => void)[] = [];

  function frame(time: number): void {
    handle = null;
    if (render(time)) invalidate();
    if (!isIdle()) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }

  function invalidate(): void {
    handle ??= source.requestAnimationFrame(frame);
  }

  function cancel(): void {
    if (handle !== null) source.cancelAnimationFrame(handle);
    handle = null;
  }

  function flush(): void {
    cancel();
    frame(now());
  }

  return {
    begin() {
      tasks.start(() => {
        flush();
        return false;
      });
    },
    invalidate,
    flush,
    idle() {
      if (handle === null && isIdle()) return Promise.resolve();
      invalidate();
      return new Promise((resolve) => waiting.push(resolve));
    },
    destroy() {
      tasks.stop();
      cancel();
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}
