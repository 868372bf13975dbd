/** What the browser says about this page. */
export type PageEvent =
  /** The network is back, as far as the browser knows. */
  | 'online'
  | 'offline'
  /** The page can be seen again. */
  | 'visible'
  /** The page may be about to end; nothing asynchronous is sure to run after this. */
  | 'hide';

export interface Page {
  /** Calls `listener` on each `event`; returns the way to stop. */
  on(event: PageEvent, listener: () => void): () => void;
}

const NOTHING = (): void => {};

/** The page that this code runs in; outside of a browser, one that never says anything. */
export const thisPage: Page = {
  on: (event, listener) => {
    if (typeof window === 'undefined') return NOTHING;
    if (event === 'visible') {
      const onChange = (): void => {
        if (document.visibilityState === 'visible') listener();
      };
      document.addEventListener('visibilitychange', onChange);
      return () => document.removeEventListener('visibilitychange', onChange);
    }
    const name = event === 'hide' ? 'pagehide' : event;
    window.addEventListener(name, listener);
    return () => window.removeEventListener(name, listener);
  },
};
