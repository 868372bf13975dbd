import type { Clock } from '../clock.js';
import type { Limits } from '../protocol/limits.js';

const DAY_MS = 86_400_000;

/** Everything the server counted since it started, or since `reset()`. */
export interface MeterReading {
  connections: { open: number; opened: number; mostOpen: number; refused: number };
  /** Events that were published, and copies of them (and of member and system events of channels) that were sent. */
  events: { published: number; delivered: number; refused: number };
  http: { requests: number; failed: number };
  webhooks: { sent: number; failed: number };
  /** What hosted Pusher would have billed, in messages. */
  billed: {
    /** Calls of the HTTP API, and client events. */
    calls: number;
    deliveries: number;
    memberEvents: number;
    webhooks: number;
    total: number;
    /** Since midnight UTC: what the daily quota is compared with. */
    today: number;
  };
}

/**
 * Counts traffic and what it costs.
 *
 * Hosted Pusher bills one message per client event and per call of the HTTP API (two for an event that asks for `info`),
 * one per delivered copy, one per webhook and one per delivered `member_added` or `member_removed`; pings and
 * subscriptions are free. Source: Pusher's support page "How is my message count calculated".
 */
export interface Meter {
  connectionOpened(): void;
  connectionClosed(): void;
  connectionRefused(): void;
  /** An event was published, which costs so many messages. */
  published(messages: number): void;
  /** The HTTP API was asked for something else than to publish. */
  queried(): void;
  delivered(): void;
  memberEventDelivered(): void;
  eventRefused(): void;
  requested(status: number): void;
  webhookSent(succeeded: boolean): void;
  /** Whether today's messages are used up. */
  overQuota(): boolean;
  openConnections(): number;
  read(): MeterReading;
  reset(): void;
}

export function createMeter(limits: Limits, clock: Clock): Meter {
  let reading = emptyReading(0);
  let day = currentDay();

  function currentDay(): number {
    return Math.floor(clock.now() / DAY_MS);
  }

  function bill(kind: 'calls' | 'deliveries' | 'memberEvents' | 'webhooks', messages: number): void {
    reading.billed[kind] += messages;
    reading.billed.total += messages;
    startDay();
    reading.billed.today += messages;
  }

  function startDay(): void {
    const today = currentDay();
    if (today === day) return;
    day = today;
    reading.billed.today = 0;
  }

  return {
    connectionOpened() {
      const { connections } = reading;
      connections.open += 1;
      connections.opened += 1;
      connections.mostOpen = Math.max(connections.mostOpen, connections.open);
    },
    connectionClosed() {
      reading.connections.open -= 1;
    },
    connectionRefused() {
      reading.connections.refused += 1;
    },
    published(messages) {
      reading.events.published += 1;
      bill('calls', messages);
    },
    queried() {
      bill('calls', 1);
    },
    delivered() {
      reading.events.delivered += 1;
      bill('deliveries', 1);
    },
    memberEventDelivered() {
      bill('memberEvents', 1);
    },
    eventRefused() {
      reading.events.refused += 1;
    },
    requested(status) {
      reading.http.requests += 1;
      if (status >= 400) reading.http.failed += 1;
    },
    webhookSent(succeeded) {
      if (succeeded) reading.webhooks.sent += 1;
      else reading.webhooks.failed += 1;
      bill('webhooks', 1);
    },
    overQuota() {
      startDay();
      return reading.billed.today >= limits.messagesPerDay;
    },
    openConnections: () => reading.connections.open,
    read() {
      startDay();
      return structuredClone(reading);
    },
    reset() {
      reading = emptyReading(reading.connections.open);
    },
  };
}

function emptyReading(open: number): MeterReading {
  return {
    connections: { open, opened: 0, mostOpen: open, refused: 0 },
    events: { published: 0, delivered: 0, refused: 0 },
    http: { requests: 0, failed: 0 },
    webhooks: { sent: 0, failed: 0 },
    billed: { calls: 0, deliveries: 0, memberEvents: 0, webhooks: 0, total: 0, today: 0 },
  };
}
