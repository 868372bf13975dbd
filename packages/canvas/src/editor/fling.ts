import type { Point } from '@inkwire/core';
import { panBy } from '../scene/camera.js';
import type { Editor } from './editor.js';

/** A page that a finger pushed goes on for a while, and comes to rest. */
export interface Fling {
  /** The finger that moves the page is here (CSS pixels), at a time in ms. */
  note(point: Point, time: number): void;
  /** It was lifted. */
  release(time: number): void;
  /** Somebody touched or moved the page: it stays where it is. */
  stop(): void;
  /** To be called in each frame; returns whether the page goes on moving. */
  step(time: number): boolean;
}

/** Only what the finger did at last counts (ms). */
const MEMORY = 90;
/** A finger that rested before it was lifted (ms) meant to stop. */
const REST = 40;
/** CSS pixels in a ms: slower than this is no push, and at last no movement. */
const SLOWEST_PUSH = 0.25;
const SLOWEST = 0.02;
const FASTEST = 6;
/** How fast it slows down: after this time (ms) a third is left. */
const FRICTION = 325;

/**
 * @param mayMove whether the person did not ask their device for less motion.
 * @param onStart the next frame has to be drawn.
 */
export function createFling(
  editor: () => Pick<Editor, 'camera' | 'setCamera'>,
  mayMove: () => boolean,
  onStart: () => void,
): Fling {
  let noted: { readonly point: Point; readonly time: number }[] = [];
  let speed: Point | null = null;
  let last: number | null = null;

  function stop(): void {
    noted = [];
    speed = null;
  }

  return {
    stop,
    note(point, time) {
      noted = [...noted.filter((each) => time - each.time <= MEMORY), { point, time }];
    },
    release(time) {
      const [from, to] = [noted[0], noted.at(-1)];
      stop();
      if (from === undefined || to === undefined || to.time <= from.time || time - to.time > REST) return;
      const elapsed = to.time - from.time;
      const pushed: Point = [
        (to.point[0] - from.point[0]) / elapsed,
        (to.point[1] - from.point[1]) / elapsed,
      ];
      const length = Math.hypot(...pushed);
      if (length < SLOWEST_PUSH || !mayMove()) return;
      const factor = Math.min(1, FASTEST / length);
      speed = [pushed[0] * factor, pushed[1] * factor];
      last = null;
      onStart();
    },
    step(time) {
      if (speed === null) return false;
      const elapsed = last === null ? 16 : Math.min(time - last, 50);
      last = time;
      const [x, y] = speed;
      const { camera, setCamera } = editor();
      setCamera(panBy(camera, -x * elapsed, -y * elapsed));
      const left = Math.exp(-elapsed / FRICTION);
      speed = Math.hypot(x, y) * left < SLOWEST ? null : [x * left, y * left];
      return speed !== null;
    },
  };
}
