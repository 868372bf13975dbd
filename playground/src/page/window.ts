import type { Pane } from './pane.js';

declare global {
  interface Window {
    /** The people on this page by id, for the console and for tests. */
    inkwire: Readonly<Record<string, Pane>>;
  }
}
