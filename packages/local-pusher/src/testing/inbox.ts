import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import type { WebhookEvent } from '../protocol/webhook-event.js';
import { atEnd } from './running.js';

export interface ReceivedWebhook {
  headers: Record<string, string>;
  rawBody: string;
}

/** An app's server that takes webhooks. */
export interface Inbox {
  readonly url: string;
  /** With which status it answers from now on. Default 200. */
  answer(status: number): void;
  /** Events of all requests so far. */
  events(): WebhookEvent[];
  /** The next request. */
  next(): Promise<ReceivedWebhook>;
  /** What a server must post with for `settled` to know of it. */
  readonly fetch: typeof globalThis.fetch;
  /** Waits until every post has been answered and what follows from the answer has happened. */
  settled(): Promise<void>;
}

/** An inbox that ends with the test. */
export async function receiveWebhooks(): Promise<Inbox> {
  const received: ReceivedWebhook[] = [];
  let taken = 0;
  let status = 200;
  let posting = 0;
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
    received.push({ headers: Object.fromEntries(headers), rawBody: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    answer(next) {
      status = next;
    },
    events: () => received.flatMap(({ rawBody }) => JSON.parse(rawBody).events),
    async next() {
      await expect.poll(() => received.length).toBeGreaterThan(taken);
      taken += 1;
      return received[taken - 1]!;
    },
    async fetch(...request) {
      posting += 1;
      try {
        const response = await fetch(...request);
        await response.arrayBuffer();
        return new Response(null, response);
      } finally {
        posting -= 1;
      }
    },
    async settled() {
      do {
        await expect.poll(() => posting).toBe(0);
        await setImmediate();
      } while (posting > 0);
    },
  };
}
