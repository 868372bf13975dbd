import { type Controls, type ControlsOptions, mountControls } from './mount-controls.js';

/** Controls of which nothing is there before it is needed: a board is to be seen before anybody handles it. */
export interface LateControls extends Controls {
  /** To be called when the board was shown for the first time: they are made in a moment, unless they are there. */
  noteShown(): void;
}

/** What somebody does first who is about to handle the board. */
const APPROACHES = ['pointermove', 'pointerdown', 'wheel', 'focusin', 'keydown', 'dragenter'] as const;
/** The board was to be seen for so long (ms) when they are made unasked. */
const SHOWN_FOR = 50;

/**
 * Mounts controls when the app asks something of them, when somebody turns to the board, or when it was shown: whichever
 * comes first.
 *
 * @param host what the board's container is put into.
 */
export function createLateControls(host: HTMLElement, options: ControlsOptions): LateControls {
  const { window, signal } = options;
  let mounted: Controls | null = null;
  let timer: number | undefined;

  function needed(): Controls {
    if (mounted !== null) return mounted;
    window.clearTimeout(timer);
    mounted = mountControls(options);
    if (signal.aborted) mounted.destroy();
    else options.onLook();
    return mounted;
  }

  // Around the container, and on the way down to it: what listens there hears of this event too.
  for (const type of APPROACHES) host.addEventListener(type, needed, { signal, capture: true, once: true });

  return {
    get keyMap() {
      return needed().keyMap;
    },
    takeIn: (from, at) => needed().takeIn(from, at),
    show: () => mounted?.show(),
    showOthers: (others) => mounted?.showOthers(others),
    noteShown() {
      if (mounted === null && !signal.aborted) timer = window.setTimeout(needed, SHOWN_FOR);
    },
    destroy() {
      window.clearTimeout(timer);
      mounted?.destroy();
    },
  };
}
