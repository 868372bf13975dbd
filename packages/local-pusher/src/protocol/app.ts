import type { WebhookEventName } from './webhook-event.js';

/** One Channels app: what identifies it, and the settings its dashboard would have. */
export interface App {
  appId: string;
  /** Public: part of the socket's address and of every signature. */
  key: string;
  /** Signs and verifies. Stays on the server. */
  secret: string;
  /** Refuses sockets with 4003 and HTTP requests with 403. Default false. */
  disabled?: boolean;
  /** Refuses sockets with 4000, as if the app accepted TLS only. Default false. */
  tlsOnly?: boolean;
  /** Lets clients trigger `client-` events. Default true; hosted apps have to switch it on. */
  clientEvents?: boolean;
  /** Sends `subscription_count` events and answers that attribute. Default false, as on hosted apps. */
  subscriptionCount?: boolean;
  /** Tells signed-in users who of their watchlist is online. Default false, as on hosted apps. */
  watchlistEvents?: boolean;
  /** Closes with 4009 a connection that has joined no private or presence channel after so long. Default: never. */
  authorizeWithinSeconds?: number;
  /** Where the app's server is told what happens. Default: nowhere. */
  webhooks?: Webhook[];
}

export interface Webhook {
  url: string;
  /** Which events are posted. Default: all. */
  events?: WebhookEventName[];
  /** Whether events that come close together share a request. Default false: one event a request. */
  batch?: boolean;
}
