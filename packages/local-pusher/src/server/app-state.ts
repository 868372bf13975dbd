import type { Clock } from '../clock.js';
import type { FaultGate } from '../faults/faults.js';
import type { App } from '../protocol/app.js';
import type { Limits } from '../protocol/limits.js';
import { encodeMessage } from '../protocol/message.js';
import type { WebhookEvent } from '../protocol/webhook-event.js';
import { type Channel, type ChannelDirectory, createChannelDirectory } from './channel-directory.js';
import type { Connection } from './connection.js';
import { createDeliver } from './delivery.js';
import { createDepartures } from './departures.js';
import { createEventCache, type EventCache } from './event-cache.js';
import type { Meter } from './meter.js';
import { createSubscriptionCount } from './subscription-count.js';
import { createUserDirectory, type UserDirectory } from './user-directory.js';
import { createWebhookSender } from './webhook-sender.js';

/** Everything the server knows about one app while it runs. */
export interface AppState {
  readonly app: App;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly gate: FaultGate;
  readonly channels: ChannelDirectory;
  readonly users: UserDirectory;
  readonly cache: EventCache;
  /** Open connections by socket id. */
  readonly connections: Map<string, Connection>;
  /** Hands an event to the app's webhooks. */
  announce(event: WebhookEvent): void;
  /** Breaks off webhooks that are on their way. */
  stop(): void;
}

export interface AppStateOptions {
  app: App;
  limits: Limits;
  clock: Clock;
  meter: Meter;
  gate: FaultGate;
  fetch: typeof globalThis.fetch;
}

export function createAppState(options: AppStateOptions): AppState {
  const { app, limits, clock, meter, gate, fetch } = options;
  const senders = (app.webhooks ?? []).map((webhook) =>
    createWebhookSender({ app, webhook, clock, meter, fetch }),
  );
  const announce = createDepartures(clock, (event) => {
    for (const sender of senders) sender.send(event);
  });
  const cache = createEventCache(limits.cacheSeconds, clock);
  const countChanged = createSubscriptionCount({ app, clock, tell: tellCount });
  const channels = createChannelDirectory({
    cache,
    deliver: createDeliver(gate, meter),
    announce,
    countChanged,
  });

  function tellCount(channel: Channel, count: number): void {
    const event = 'pusher_internal:subscription_count';
    const data = JSON.stringify({ subscription_count: count });
    channels.broadcast({
      channel: channel.name,
      event,
      frame: encodeMessage({ event, channel: channel.name, data }),
    });
    announce({ name: 'subscription_count', channel: channel.name, subscription_count: count });
  }

  return {
    app,
    limits,
    clock,
    meter,
    gate,
    channels,
    users: createUserDirectory(app.watchlistEvents ?? false),
    cache,
    connections: new Map(),
    announce,
    stop() {
      for (const sender of senders) sender.stop();
    },
  };
}
