import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HOSTED_LIMITS } from '../protocol/limits.js';
import { createManualClock } from '../testing/manual-clock.js';
import { createMeter } from './meter.js';
import { createWebhookSender } from './webhook-sender.js';

const APP = { appId: '1', key: 'k', secret: 's' };

it('keeps a bounded number of events for an endpoint that is down', async () => {
  const clock = createManualClock();
  const meter = createMeter(HOSTED_LIMITS, clock);
  let posts = 0;
  const sender = createWebhookSender({
    app: APP,
    webhook: { url: 'http://127.0.0.1:9/down' },
    clock,
    meter,
    async fetch() {
      posts += 1;
      return new Response(null, { status: 503 });
    },
  });
  const send = async (events: number) => {
    for (let n = 0; n < events; n++) sender.send({ name: 'channel_occupied', channel: `c${n}` });
    while (posts + meter.read().webhooks.failed < events) await setImmediate();
  };
  await send(2_500);
  await expect.poll(() => meter.read().webhooks.failed).toBe(1_500);
  // One was on its way while a thousand waited; a thousand wait for another try.
  expect(posts).toBe(1_001);
  clock.advance(1_000);
  await expect.poll(() => posts).toBe(2_001);
});
