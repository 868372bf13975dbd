import { FRAME_EVENT, type Frame, readFrameData } from '@inkwire/core';
import type { Context } from 'hono';
import { parseChannelName } from '../access/channel-name.js';
import { InkwireRefusal } from '../refusal.js';
import { readText } from './body.js';
import type { Services } from './services.js';

/** Pusher sends what happened within a moment together. */
const MOST_BYTES = 4 << 20;

interface WebhookEvent {
  readonly name?: unknown;
  readonly channel?: unknown;
  readonly event?: unknown;
  readonly data?: unknown;
  readonly user_id?: unknown;
}

/**
 * `POST /pusher/webhook`: what Pusher says happened. Client events carry frames, whose entries are appended like any
 * others (L8); a board that everybody left is a good one to compact.
 *
 * What a frame holds that the log does not take is passed over: its author hands it in again, and is told.
 */
export const takeWebhook =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const rawBody = await readText(context.req.raw, MOST_BYTES);
    const webhook = services.pusher.webhook({
      headers: Object.fromEntries(context.req.raw.headers),
      rawBody,
    });
    if (!webhook.isValid())
      throw new InkwireRefusal(
        'unauthenticated',
        'This webhook is not signed with the key of the Pusher app.',
      );
    const events: unknown = webhook.getData()?.events;
    for (const event of Array.isArray(events) ? (events as WebhookEvent[]) : []) await take(services, event);
    return context.text('ok\n');
  };

const take = async (services: Services, event: WebhookEvent | null): Promise<void> => {
  const { name, channel, user_id: user } = event ?? {};
  if (typeof channel !== 'string' || parseChannelName(channel)?.kind !== 'board') return;
  if (name === 'channel_vacated') services.vacated(channel);
  if (name !== 'client_event' || event?.event !== FRAME_EVENT || typeof user !== 'string') return;
  const frame = frameIn(event.data);
  if (frame && frame.entries.length > 0) await services.appendFrame(channel, user, frame.entries);
};

const frameIn = (data: unknown): Frame | null => {
  try {
    return readFrameData(typeof data === 'string' ? JSON.parse(data) : data);
  } catch {
    return null;
  }
};
