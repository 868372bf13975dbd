import type { Page } from 'playwright-core';

/** Where a pen is on the page (CSS pixels), and how firmly it presses, 0 to 1. */
export type PenSample = readonly [x: number, y: number, pressure: number];

/** Where fingers are on the page (CSS pixels), each at its own place in the list for as long as it is down. */
export type Fingers = readonly (readonly [x: number, y: number])[];

export interface TouchOptions {
  /** Half the width of a contact, CSS pixels. Default 8: a fingertip. */
  readonly radius?: number;
  /** Called while they are down, after the last step. */
  readonly resting?: () => Promise<void>;
  /** The system takes the touch away, as it does for a gesture of its own. */
  readonly cancelled?: boolean;
}

/** A pen and fingers on the screen of a page: events of the browser, which go the way of real ones. */
export interface Digitizer {
  /** Comes near, presses, moves and lifts; `barrel` with the button on its side held. */
  pen(path: readonly PenSample[], button?: 'tip' | 'barrel'): Promise<void>;
  /** Puts fingers down one after the other, moves them from step to step, and lifts them. */
  touch(steps: readonly Fingers[], options?: TouchOptions): Promise<void>;
}

/** It ends with the page: detached earlier, its session would take an emulated loss of the network with it. */
export async function createDigitizer(page: Page): Promise<Digitizer> {
  const devtools = await page.context().newCDPSession(page);
  return {
    async pen(path, button = 'tip') {
      const send = (
        type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
        sample: PenSample,
        down: boolean,
      ) => {
        const [x, y, force] = sample;
        const held = HELD[down || type === 'mouseReleased' ? button : 'none'];
        const buttons = down ? held.buttons : 0;
        const clickCount = type === 'mouseMoved' ? 0 : 1;
        const event = { type, x, y, force, button: held.button, buttons, clickCount } as const;
        return devtools.send('Input.dispatchMouseEvent', { ...event, pointerType: 'pen' });
      };
      const [first, ...rest] = path;
      const [x, y] = path.at(-1) ?? [0, 0];
      if (first === undefined) return;
      await send('mouseMoved', [first[0], first[1], 0], false);
      await send('mousePressed', first, true);
      await Promise.all(rest.map((sample) => send('mouseMoved', sample, true)));
      await send('mouseReleased', [x, y, 0], false);
    },
    async touch(steps, { radius = 8, resting, cancelled = false } = {}) {
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', fingers: Fingers) =>
        devtools.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: fingers.map(([x, y], id) => ({ x, y, id, radiusX: radius, radiusY: radius })),
        });
      const [first = [], ...rest] = steps;
      for (let down = 1; down <= first.length; down++) await send('touchStart', first.slice(0, down));
      for (const fingers of rest) await send('touchMove', fingers);
      await resting?.();
      await send(cancelled ? 'touchCancel' : 'touchEnd', []);
    },
  };
}

const HELD = {
  none: { button: 'none', buttons: 0 },
  tip: { button: 'left', buttons: 1 },
  barrel: { button: 'right', buttons: 2 },
} as const;
