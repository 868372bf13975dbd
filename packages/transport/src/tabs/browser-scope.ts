import { browserLocks, type Locks } from './locks.js';
import { createPageChannels } from './page-channels.js';
import { createPageLocks } from './page-locks.js';

/** One tab's end of a channel that all tabs hear, the sender excepted. */
export interface TabLine {
  /** @param message whatever structured clone can carry */
  post(message: unknown): void;
  close(): void;
}

export type OpenTabLine = (name: string, onMessage: (message: unknown) => void) => TabLine;

/** What the tabs of one browser share: names to hold, and a way to talk. */
export interface BrowserScope {
  readonly locks: Locks;
  readonly open: OpenTabLine;
  /** Whether it reaches other tabs; otherwise it joins the boards of one page, and each tab has its own connection (T4). */
  readonly acrossTabs: boolean;
  /** Whether nobody can see this tab: browsers then let its timers run once a second, or once a minute. */
  isHidden(): boolean;
}

/** A scope that ends with the page. */
export const createPageScope = (): BrowserScope => ({
  locks: createPageLocks(),
  open: createPageChannels(),
  acrossTabs: false,
  isHidden: () => false,
});

const openBroadcastChannel: OpenTabLine = (name, onMessage) => {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent) => onMessage(data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
};

let page: BrowserScope | null = null;

/** What this page shares with the browser's other tabs; outside of a browser null, since nothing is one page there. */
export const thisBrowser = (): BrowserScope | null => {
  if (typeof window === 'undefined') return null;
  const locks = browserLocks();
  if (locks && typeof BroadcastChannel === 'function')
    return {
      locks,
      open: openBroadcastChannel,
      acrossTabs: true,
      isHidden: () => document.visibilityState === 'hidden',
    };
  page ??= createPageScope();
  return page;
};
