import type { Size } from '../scene/camera.js';

/** The size of the board's element on the screen. */
export interface Viewport extends Size {
  /** Device pixels, whole. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/**
 * Calls `listener` with the element's size as it is, and whenever it or its screen's pixel ratio changed (a zoomed page,
 * a window that moved to another screen), before the browser paints.
 */
export function observeViewport(element: HTMLElement, listener: (viewport: Viewport) => void): () => void {
  const window = element.ownerDocument.defaultView;
  if (window === null) return () => {};
  let pixels: { width: number; height: number } | null = null;
  let resolution: MediaQueryList | null = null;
  let last: Viewport | null = null;

  function report(): void {
    const { clientWidth: width, clientHeight: height } = element;
    const pixelRatio = window?.devicePixelRatio || 1;
    const next = {
      width,
      height,
      pixelRatio,
      pixelWidth: deviceLength(width * pixelRatio, pixels?.width),
      pixelHeight: deviceLength(height * pixelRatio, pixels?.height),
    };
    if (last !== null && sameViewport(last, next)) return;
    last = next;
    listener(next);
  }

  function onResolution(): void {
    pixels = null;
    watchResolution();
    report();
  }

  // A media query tells of leaving one ratio; which one comes next is unknown, so it is asked anew each time.
  function watchResolution(): void {
    resolution?.removeEventListener('change', onResolution);
    resolution = window?.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`) ?? null;
    resolution?.addEventListener('change', onResolution);
  }

  const observer = new window.ResizeObserver((entries) => {
    // Where browsers tell exact device pixels, layout at fractional positions stays crisp too.
    const exact = entries.at(-1)?.devicePixelContentBoxSize?.[0];
    pixels = exact === undefined ? null : { width: exact.inlineSize, height: exact.blockSize };
    report();
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(element);
  }
  watchResolution();
  report();

  return () => {
    observer.disconnect();
    resolution?.removeEventListener('change', onResolution);
  };
}

/** What the browser measured, unless it cannot be: emulated screens report the size of the real one. */
function deviceLength(computed: number, measured: number | undefined): number {
  return measured !== undefined && Math.abs(measured - computed) <= 1 ? measured : Math.round(computed);
}

function sameViewport(a: Viewport, b: Viewport): boolean {
  return (Object.keys(a) as (keyof Viewport)[]).every((key) => a[key] === b[key]);
}
