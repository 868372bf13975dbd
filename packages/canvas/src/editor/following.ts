import type { Participant } from '@inkwire/core';
import type { Size } from '../scene/camera.js';
import { approach, cameraOver } from '../scene/follow.js';
import type { Editor } from './editor.js';

/** Keeps on screen what somebody else sees (P4), until this person moves the page or draws. */
export interface Following {
  /** The session of whom is followed; null for nobody. */
  readonly session: string | null;
  start(session: string | null): void;
  /** To be called in each frame; returns whether the camera is still on its way. */
  step(others: readonly Participant[], size: Size, time: number): boolean;
  /** To be called when the editor's camera changed or a gesture began. */
  noteMovement(): void;
}

/** @param jumps whether the person asked their device for less motion. */
export function createFollowing(
  editor: () => Pick<Editor, 'camera' | 'setCamera'>,
  jumps: () => boolean,
  onChange: () => void,
): Following {
  let session: string | null = null;
  let steering = false;
  let last: number | null = null;

  function start(next: string | null): void {
    if (next === session) return;
    session = next;
    last = null;
    onChange();
  }

  return {
    get session() {
      return session;
    },
    start,
    step(others, size, time) {
      if (session === null) return false;
      const followed = others.find((other) => other.session === session);
      if (followed === undefined) {
        start(null);
        return false;
      }
      if (followed.viewport === null) return false;
      const { camera, setCamera } = editor();
      const target = cameraOver(followed.viewport, size);
      const elapsed = jumps() ? Number.POSITIVE_INFINITY : last === null ? 16 : Math.min(time - last, 100);
      const next = approach(camera, target, size, elapsed);
      steering = true;
      setCamera(next);
      steering = false;
      const arrived = next === target;
      // The next move of theirs begins when it is seen, not when this one ended.
      last = arrived ? null : time;
      return !arrived;
    },
    noteMovement() {
      if (!steering) start(null);
    },
  };
}
