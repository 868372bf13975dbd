import { MIDDLE, SECONDARY } from './pressed-button.js';

export interface PointerDefaultsOptions {
  /** Whether a press on the board goes on. */
  readonly busy: () => boolean;
  /** A key asked for the menu. */
  readonly onMenuKey: () => void;
  readonly signal: AbortSignal;
}

/** Keeps the browser from what it does by itself with presses on `element`, and while one goes on. */
export function preventPointerDefaults(
  element: HTMLElement,
  { busy, onMenuKey, signal }: PointerDefaultsOptions,
): void {
  // Otherwise Chromium takes a finger that leaves in full swing for a fling, which the next tap only stops.
  element.addEventListener('touchmove', (event) => busy() && event.preventDefault(), {
    passive: false,
    signal,
  });
  // Pressing the wheel would begin the browser's own scrolling. Other buttons keep their default: they focus the board.
  element.addEventListener('mousedown', (event) => event.button === MIDDLE && event.preventDefault(), {
    signal,
  });
  element.addEventListener(
    'contextmenu',
    (event) => {
      if ((event.target as Element).closest('input, textarea, [contenteditable]') !== null) return;
      event.preventDefault();
      // That of a pointer was asked for when its button went up; this one came from a key.
      if (event.button !== SECONDARY && !busy() && !isFromTouch(event)) onMenuKey();
    },
    { signal },
  );
  // A second button that is let go asks for the menu of what is under it, wherever on the page.
  element.ownerDocument.addEventListener('contextmenu', (event) => busy() && event.preventDefault(), {
    capture: true,
    signal,
  });
}

function isFromTouch(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch';
}
