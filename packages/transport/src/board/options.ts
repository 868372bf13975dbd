import type { Clock } from '../clock.js';
import type { PusherAddress } from '../connection/pusher-client.js';
import type { Page } from '../page.js';
import type { BrowserScope } from '../tabs/browser-scope.js';

/** What the transport needs to know, whatever document it carries. */
export interface TransportOptions {
  /** Base address of the Inkwire server, e.g. `/inkwire`; outside of a browser an absolute one. */
  readonly server: string | URL;
  readonly pusher: PusherAddress;
  readonly user: TransportUser;
  /** The app's credentials, asked for on every request. */
  readonly headers?: () => Record<string, string> | Promise<Record<string, string>>;
  /** What a room may cost at Pusher, in messages a minute over all its people; frames are spaced to keep to it. Default 30,000. */
  readonly messagesPerMinute?: number;
  /** Client events a second that the app's Pusher takes from one connection. Default 10, the limit of hosted Pusher. */
  readonly eventsPerSecond?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  /** 0 ≤ random() < 1; spreads retries. */
  readonly random?: () => number;
  readonly page?: Page;
  /**
   * Where documents and unsaved changes are kept: in this browser (IndexedDB), so that they open offline and outlive the
   * page, or with the page alone, as fits a computer that strangers share. Default `browser`.
   */
  readonly storage?: 'browser' | 'page';
  /** What the tabs of this browser share, to have one connection among them; null for a connection of this document's own. */
  readonly browser?: BrowserScope | null;
}

export interface TransportUser {
  /** The id that the app's server knows this person by. */
  readonly id: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
}

export interface ConnectDocOptions extends TransportOptions {
  /** The channel's name, e.g. `presence-board-demo`. */
  readonly channel: string;
}

export interface ConnectOptions extends TransportOptions {
  /** The board's id; its channel is `presence-board-<id>`. 1 to 140 of `A-Z a-z 0-9 _ - = @ , . ;` */
  readonly board: string;
}
