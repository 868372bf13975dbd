import type { Clock } from '../clock.js';
import type { App, Webhook } from '../protocol/app.js';
import { sign } from '../protocol/signature.js';
import type { WebhookEvent } from '../protocol/webhook-event.js';
import type { Meter } from './meter.js';

const BATCH_MS = 100;
const FIRST_RETRY_MS = 1_000;
/** Nothing is retried for longer than this. */
const GIVE_UP_MS = 300_000;
const TIMEOUT_MS = 10_000;
/** Requests that may wait for a slow endpoint, the oldest being given up for one more, and for another try. */
const MOST_WAITING = 1_000;

export interface WebhookSenderOptions {
  app: App;
  webhook: Webhook;
  clock: Clock;
  meter: Meter;
  fetch: typeof globalThis.fetch;
}

export interface WebhookSender {
  send(event: WebhookEvent): void;
  /** Breaks off what is on its way. */
  stop(): void;
}

interface Post {
  body: string;
  firstTried: number | undefined;
  retryMs: number;
}

/**
 * Posts signed events to one endpoint, one request at a time, so that they arrive in order.
 *
 * A request that is not answered 2xx is tried again 1, 2, 4 … s later, for 5 minutes, and does not hold up the others.
 */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { app, webhook, clock, meter, fetch } = options;
  const stopped = new AbortController();
  const waiting: Post[] = [];
  let collected: WebhookEvent[] = [];
  let sending = false;
  let retrying = 0;

  function flush(): void {
    enqueue({ body: encode(collected), firstTried: undefined, retryMs: FIRST_RETRY_MS });
    collected = [];
  }

  function encode(events: WebhookEvent[]): string {
    return JSON.stringify({ time_ms: clock.now(), events });
  }

  function enqueue(post: Post): void {
    if (waiting.length >= MOST_WAITING) {
      waiting.shift();
      meter.webhookSent(false);
    }
    waiting.push(post);
    if (!sending) void sendWaiting();
  }

  async function sendWaiting(): Promise<void> {
    sending = true;
    for (let post = waiting.shift(); post && !stopped.signal.aborted; post = waiting.shift()) {
      post.firstTried ??= clock.now();
      if (await succeeds(post)) meter.webhookSent(true);
      else retry(post, post.firstTried);
    }
    sending = false;
  }

  async function succeeds({ body }: Post): Promise<boolean> {
    const timeout = new AbortController();
    const cancelTimeout = clock.after(TIMEOUT_MS, () => timeout.abort());
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-pusher-key': app.key,
          'x-pusher-signature': sign(app.secret, body),
        },
        body,
        signal: AbortSignal.any([stopped.signal, timeout.signal]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    } finally {
      cancelTimeout();
    }
  }

  function retry(post: Post, firstTried: number): void {
    if (stopped.signal.aborted) return;
    if (retrying >= MOST_WAITING || clock.now() + post.retryMs - firstTried > GIVE_UP_MS) {
      meter.webhookSent(false);
      return;
    }
    retrying += 1;
    clock.after(post.retryMs, () => {
      retrying -= 1;
      enqueue({ ...post, retryMs: post.retryMs * 2 });
    });
  }

  return {
    send(event) {
      if (webhook.events && !webhook.events.includes(event.name)) return;
      if (collected.length === 0 && webhook.batch) clock.after(BATCH_MS, flush);
      collected.push(event);
      if (!webhook.batch) flush();
    },
    stop: () => stopped.abort(),
  };
}
