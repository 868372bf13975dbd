import type { Clock } from '../clock.js';

export interface CachedEvent {
  event: string;
  data: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** The last event that a backend published on each cache channel. Client events are never cached. */
export interface EventCache {
  get(channel: string): CachedEvent | undefined;
  set(channel: string, event: string, data: string): void;
}

export function createEventCache(cacheSeconds: number, clock: Clock): EventCache {
  // Entries stand in the order they were set, which is the order they expire in.
  const events = new Map<string, CachedEvent>();

  function forgetExpired(): void {
    for (const [channel, { expiresAt }] of events) {
      if (expiresAt > clock.now()) return;
      events.delete(channel);
    }
  }

  return {
    get(channel) {
      forgetExpired();
      return events.get(channel);
    },
    set(channel, event, data) {
      forgetExpired();
      events.delete(channel);
      events.set(channel, { event, data, expiresAt: clock.now() + cacheSeconds * 1_000 });
    },
  };
}
