import type { Clock } from '../clock.js';
import type { App } from '../protocol/app.js';
import type { Channel } from './channel-directory.js';

/** Above so many connections a channel's count is sent every 5 s instead of at every change. */
const MOST_COUNTED_AT_ONCE = 100;
const INTERVAL_MS = 5_000;

export interface SubscriptionCountOptions {
  app: App;
  clock: Clock;
  /** Tells subscribers and webhooks the number of connections on a channel. */
  tell: (channel: Channel, count: number) => void;
}

/** Decides when subscribers are told how many they are. Presence channels are not: they know their members. */
export function createSubscriptionCount(options: SubscriptionCountOptions): (channel: Channel) => void {
  const { app, clock, tell } = options;
  const waiting = new Set<Channel>();

  return (channel) => {
    if (!app.subscriptionCount || channel.kind.presence || waiting.has(channel)) return;
    if (channel.subscribers.size <= MOST_COUNTED_AT_ONCE) {
      tell(channel, channel.subscribers.size);
      return;
    }
    waiting.add(channel);
    clock.after(INTERVAL_MS, () => {
      waiting.delete(channel);
      if (channel.subscribers.size > 0) tell(channel, channel.subscribers.size);
    });
  };
}
