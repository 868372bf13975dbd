/** `PointerEvent.button`, of mice and pens. */
export const PRIMARY = 0;
export const MIDDLE = 1;
/** The right button of a mouse, the barrel button of a pen. */
export const SECONDARY = 2;
export const PEN_ERASER = 5;

/** The bit in `PointerEvent.buttons`, by `PointerEvent.button`. */
const BITS = [1, 4, 2, 8, 16, 32];

/** Whether the button that a pointer was pressed with is still down, whichever others come and go meanwhile. */
export function isHeld({ buttons, pointerType, pressure }: PointerEvent, button: number): boolean {
  // On Windows the barrel button of a pen that writes takes the place of its tip.
  return (buttons & (BITS[button] ?? 0)) !== 0 || (pointerType === 'pen' && pressure > 0);
}

/** Lets `element` have what a pressed pointer does outside of it, too. */
export function capturePointer(element: HTMLElement, { pointerId }: PointerEvent): void {
  try {
    element.setPointerCapture(pointerId);
  } catch {
    // The pointer was lifted before its event was handled; its end follows.
  }
}

/**
 * Goes on hearing of a pressed pointer that left `element`, until it is lifted. For Chromium, which takes the capture away with
 * any button that is let go, and gives it back for no longer than until the next move.
 */
export function followOutside(
  element: HTMLElement,
  { pointerId }: PointerEvent,
  hear: (event: PointerEvent) => void,
  signal: AbortSignal,
): void {
  const document = element.ownerDocument;
  const lifetime = new AbortController();
  const stop = () => lifetime.abort();
  const follow = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    if (event.type !== 'pointermove') stop();
    if (!event.composedPath().includes(element)) hear(event);
  };
  for (const type of ['pointermove', 'pointerup', 'pointercancel'] as const)
    document.addEventListener(type, follow, { capture: true, signal: lifetime.signal });
  signal.addEventListener('abort', stop, { signal: lifetime.signal });
}
