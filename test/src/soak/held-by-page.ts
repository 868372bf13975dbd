import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    /** What code of the page holds, in words, with the line of code that asked for it. */
    held: Map<unknown, { readonly what: string; readonly from: string }>;
  }
}

/**
 * Keeps account, in every page that `context` opens from now on, of listeners on what outlives an element (windows,
 * documents, media queries, channels), of observers, timers and frames.
 */
export async function watchPage(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const held: Window['held'] = new Map();
    window.held = held;
    /** This script's own lines have no address, and those of whoever drives the browser have none either. */
    const hold = (key: unknown, what: string) => {
      const from = new Error().stack?.split('\n').find((line) => line.includes('://'));
      if (from !== undefined) held.set(key, { what, from: from.trim() });
    };

    const numbers = new WeakMap<object, number>();
    let numbered = 0;
    const numberOf = (object: object): number => {
      const number = numbers.get(object) ?? ++numbered;
      numbers.set(object, number);
      return number;
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    type Given = Readonly<
      [type: string, listener: EventListenerOrEventListenerObject | null, options?: unknown]
    >;
    const keyOf = (target: EventTarget, [type, listener, options]: Given): string => {
      const capture = typeof options === 'object' ? (options as EventListenerOptions).capture : options;
      return `listener ${numberOf(target)} ${type} ${numberOf(listener!)} ${Boolean(capture)}`;
    };
    /** The rest ends with what it belongs to: an element, a request, a database that is closed. */
    const outlives = (target: EventTarget): boolean =>
      ![Node, AbortSignal, IDBRequest, IDBTransaction, IDBDatabase].some((kind) => target instanceof kind) ||
      target === document ||
      target === document.body;
    EventTarget.prototype.addEventListener = function (...given) {
      // Called bare, it is the window's.
      const target = this ?? window;
      const [type, listener, options] = given;
      if (listener !== null && outlives(target)) {
        const key = keyOf(target, given);
        const { signal, once } = typeof options === 'object' ? options : {};
        if (!signal?.aborted) hold(key, `listener for ${type} on ${target.constructor.name}`);
        if (signal) addEventListener.call(signal, 'abort', () => held.delete(key));
        if (once) addEventListener.call(target, type, () => held.delete(key), options);
      }
      addEventListener.apply(target, given);
    };
    EventTarget.prototype.removeEventListener = function (...given) {
      const target = this ?? window;
      if (given[1] !== null) held.delete(keyOf(target, given));
      removeEventListener.apply(target, given);
    };

    for (const Observer of [ResizeObserver, IntersectionObserver, MutationObserver]) {
      const { observe, disconnect } = Observer.prototype as ResizeObserver;
      Object.assign(Observer.prototype, {
        observe(this: ResizeObserver, ...given: [target: Element, options?: ResizeObserverOptions]) {
          hold(this, Observer.name);
          observe.apply(this, given);
        },
        disconnect(this: ResizeObserver) {
          held.delete(this);
          disconnect.call(this);
        },
      });
    }

    const { setTimeout, setInterval, requestAnimationFrame } = window;
    Object.assign(window, {
      setTimeout: (callback: (...given: unknown[]) => void, delay?: number, ...given: unknown[]) => {
        const handle = setTimeout.call(
          window,
          () => {
            held.delete(`timer ${handle}`);
            callback(...given);
          },
          delay,
        );
        hold(`timer ${handle}`, `timer of ${delay ?? 0} ms`);
        return handle;
      },
      setInterval: (...given: Parameters<typeof setInterval>) => {
        const handle = setInterval.apply(window, given);
        hold(`timer ${handle}`, `timer of every ${given[1] ?? 0} ms`);
        return handle;
      },
      requestAnimationFrame: (callback: FrameRequestCallback) => {
        const handle = requestAnimationFrame.call(window, (time) => {
          held.delete(`frame ${handle}`);
          callback(time);
        });
        hold(`frame ${handle}`, 'animation frame');
        return handle;
      },
    });
    for (const [name, kind] of [
      ['clearTimeout', 'timer'],
      ['clearInterval', 'timer'],
      ['cancelAnimationFrame', 'frame'],
    ] as const) {
      const clear = window[name].bind(window);
      window[name] = (handle) => {
        held.delete(`${kind} ${handle}`);
        clear(handle as number);
      };
    }
  });
}

/** The playground's own code and its development server's, and the one pair of listeners that pusher-js has for a page. */
const OTHERS = /\/\/[^/]+\/(src\/page|@vite)\/|new NetInfo .*pusher-js/;

/** What the page holds that the project's packages asked for: a line each. */
export async function heldByPage(page: Page): Promise<string[]> {
  const held = await page.evaluate(() => [...window.held.values()]);
  return held.filter(({ from }) => !OTHERS.test(from)).map(({ what, from }) => `${what}, ${from}`);
}
