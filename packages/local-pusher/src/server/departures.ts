import type { Clock } from '../clock.js';
import type { WebhookEvent } from '../protocol/webhook-event.js';

/** How long webhooks wait before they say that somebody left. */
const DELAY_MS = 3_000;

/**
 * Holds back `channel_vacated` and `member_removed` for 3 s, and says nothing at all of who is back by then: a page
 * that reloads neither leaves nor arrives. Source: "Webhook request delay" of the Channels documentation.
 */
export function createDepartures(
  clock: Clock,
  send: (event: WebhookEvent) => void,
): (event: WebhookEvent) => void {
  const departures = new Map<string, () => void>();

  function leave(key: string, event: WebhookEvent): void {
    departures.get(key)?.();
    const cancel = clock.after(DELAY_MS, () => {
      departures.delete(key);
      send(event);
    });
    departures.set(key, cancel);
  }

  function arrive(key: string, event: WebhookEvent): void {
    const cancel = departures.get(key);
    if (cancel === undefined) {
      send(event);
      return;
    }
    departures.delete(key);
    cancel();
  }

  return (event) => {
    switch (event.name) {
      case 'channel_vacated':
        leave(event.channel, event);
        break;
      case 'channel_occupied':
        arrive(event.channel, event);
        break;
      case 'member_removed':
        leave(`${event.channel} ${event.user_id}`, event);
        break;
      case 'member_added':
        arrive(`${event.channel} ${event.user_id}`, event);
        break;
      default:
        send(event);
    }
  };
}
