import { type Controls, type ControlsOptions, mountControls } from './mount-controls.js';

/** Controls of which nothing is there before it is needed: a board is to be seen before anybody handles it. */
export interface LateControls extends Controls {
  /** Makes them, unless they are there. To be called when there is time: the board is painted. */
  prepare(): void;
}

/** What somebody does first who is about to handle the board. */
const APPROACHES = ['pointermove', 'pointerdown', 'wheel', 'focusin', 'keydown', 'dragenter'] as const;

/**
 * Mounts controls when the app asks something of them, when somebody turns to the board, or when they are prepared:
 * whichever comes first.
 *
 * @param host what the board's container is put into.
 */
export function createLateControls(host: HTMLElement, options: ControlsOptions): LateControls {
  const { signal } = options;
  let mounted: Controls | null = null;

  function needed(): Controls {
    if (mounted !== null) return mounted;
    for (const type of APPROACHES) host.removeEventListener(type, needed, true);
    mounted = mountControls(options);
    if (signal.aborted) mounted.destroy();
    else options.onLook();
    return mounted;
  }

  // Around the container, and on the way down to it: what listens there hears of this event too.
  for (const type of APPROACHES) host.addEventListener(type, needed, { signal, capture: true });

  return {
    get keyMap() {
      return needed().keyMap;
    },
    takeIn: (from, at) => needed().takeIn(from, at),
    show: () => mounted?.show(),
    showOthers: (others) => mounted?.showOthers(others),
    prepare: () => void needed(),
    destroy: () => mounted?.destroy(),
  };
}
