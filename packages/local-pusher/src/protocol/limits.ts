/** What one server accepts. Every figure can be changed; the defaults are those of hosted Pusher Channels. */
export interface Limits {
  /** Client events per connection in any window of one second; the next one is dropped with error 4301. */
  clientEventsPerSecond: number;
  /** UTF-8 bytes of an event's `data`. */
  eventDataBytes: number;
  /** Characters of a channel name, prefix included. */
  channelNameLength: number;
  /** Characters of an event name. */
  eventNameLength: number;
  /** Channels that one `POST /events` may name. */
  channelsPerEvent: number;
  /** Events in one `POST /batch_events`. */
  eventsPerBatch: number;
  /** Distinct users on one presence channel. */
  presenceMembers: number;
  /** UTF-8 bytes of a presence member's `channel_data`. */
  presenceMemberBytes: number;
  /** Characters of a user id. */
  userIdLength: number;
  /** Users that a signed-in user may watch; the rest are cut off with error 4302. */
  watchlistLength: number;
  /** Open connections over all apps; the next one is closed with 4004. Depends on the plan: unlimited by default. */
  connections: number;
  /** Billed messages per UTC day over all apps; then 403. Depends on the plan: unlimited by default. */
  messagesPerDay: number;
  /** How far the timestamp of a signed HTTP request may be from the server's clock. */
  requestAgeSeconds: number;
  /** Silence after which the client should ping, and after which the server pings. */
  activityTimeoutSeconds: number;
  /** How long the server waits for anything after its ping before it closes with 4201. */
  pongTimeoutSeconds: number;
  /** How long a cache channel remembers its last event. */
  cacheSeconds: number;
  /** Bytes of one WebSocket message; a longer one closes the socket with 1009. Not documented for hosted Pusher. */
  frameBytes: number;
  /** Bytes of one HTTP request body; a longer one is answered 413. Not documented for hosted Pusher. */
  requestBytes: number;
  /** Bytes that may wait for a client that does not read; then it is cut off. Not documented for hosted Pusher. */
  bufferedBytes: number;
}

/**
 * The limits of a shared cluster of hosted Pusher Channels.
 *
 * Source: the Channels documentation (client events, channels, presence channels, cache channels, HTTP API reference)
 * and Pusher's support pages on message size and connection counts.
 */
export const HOSTED_LIMITS: Readonly<Limits> = {
  clientEventsPerSecond: 10,
  eventDataBytes: 10_240,
  channelNameLength: 164,
  eventNameLength: 200,
  channelsPerEvent: 100,
  eventsPerBatch: 10,
  presenceMembers: 100,
  presenceMemberBytes: 1_024,
  userIdLength: 128,
  watchlistLength: 100,
  connections: Number.POSITIVE_INFINITY,
  messagesPerDay: Number.POSITIVE_INFINITY,
  requestAgeSeconds: 600,
  activityTimeoutSeconds: 120,
  pongTimeoutSeconds: 30,
  cacheSeconds: 30 * 60,
  frameBytes: 1_048_576,
  requestBytes: 1_048_576,
  bufferedBytes: 16_777_216,
};
