import { describe, expect, it } from 'vitest';
import { createFrameLoop } from './frame-loop.js';

/** A window whose frames come when the test says so. */
function createFrames() {
  let callbacks = new Map<number, (time: number) => void>();
  let handles = 0;
  return {
    requestAnimationFrame(callback: (time: number) => void): number {
      callbacks.set(++handles, callback);
      return handles;
    },
    cancelAnimationFrame: (handle: number) => void callbacks.delete(handle),
    get due() {
      return callbacks.size;
    },
    next(time = 0) {
      const due = callbacks;
      callbacks = new Map();
      for (const callback of due.values()) callback(time);
    },
  };
}

describe('frame loop', () => {
  it('asks for one frame however often something changes, and for none when nothing does', () => {
    const frames = createFrames();
    let rendered = 0;
    const loop = createFrameLoop(
      frames,
      () => 0,
      () => ++rendered < 1,
      () => true,
    );
    expect(frames.due).toBe(0);
    loop.invalidate();
    loop.invalidate();
    expect(frames.due).toBe(1);
    frames.next();
    expect(rendered).toBe(1);
    expect(frames.due).toBe(0);
  });

  it('goes on while rendering asks for more', () => {
    const frames = createFrames();
    let left = 3;
    const loop = createFrameLoop(
      frames,
      () => 0,
      () => --left > 0,
      () => true,
    );
    loop.invalidate();
    while (frames.due > 0) frames.next();
    expect(left).toBe(0);
  });

  it('is idle at once when nothing is due, else after the frame that finished everything', async () => {
    const frames = createFrames();
    let complete = false;
    const loop = createFrameLoop(
      frames,
      () => 0,
      () => !complete,
      () => complete,
    );
    let idle = false;
    const waiting = loop.idle().then(() => {
      idle = true;
    });
    frames.next();
    await Promise.resolve();
    expect(idle).toBe(false);
    complete = true;
    frames.next();
    await waiting;
    expect(idle).toBe(true);
    await loop.idle();
    expect(frames.due).toBe(0);
  });

  it('renders at once instead of in the next frame when told to', () => {
    const frames = createFrames();
    const times: number[] = [];
    const loop = createFrameLoop(
      frames,
      () => 42,
      (time) => {
        times.push(time);
        return false;
      },
      () => true,
    );
    loop.invalidate();
    loop.flush();
    expect(times).toEqual([42]);
    expect(frames.due).toBe(0);
  });

  it('begins in a task of its own, whenever the next frame may come, unless it ends before', async () => {
    const frames = createFrames();
    let rendered = 0;
    const begin = () => {
      const loop = createFrameLoop(
        frames,
        () => 0,
        () => ++rendered < 1,
        () => true,
      );
      loop.invalidate();
      loop.begin();
      return loop;
    };
    begin().destroy();
    const loop = begin();
    expect(rendered).toBe(0);
    while (rendered === 0) await new Promise((resolve) => setTimeout(resolve));
    expect(rendered).toBe(1);
    expect(frames.due).toBe(0);
    loop.destroy();
  });

  it('leaves no frame and nobody waiting behind', async () => {
    const frames = createFrames();
    const loop = createFrameLoop(
      frames,
      () => 0,
      () => true,
      () => false,
    );
    const waiting = loop.idle();
    loop.destroy();
    await waiting;
    expect(frames.due).toBe(0);
  });
});
