import type { Context } from 'hono';
import { admit } from './admission.js';
import { streamParts } from './parts.js';
import { sequenceIn } from './query.js';
import type { Services } from './services.js';

/**
 * `GET /channels/:channel/history?from=SEQ&until=SEQ`: what is needed to build the document at `from` and at every
 * sequence up to `until`: the nearest snapshot, and rows with their times and authors. Without `until`, up to the head.
 */
export const readPast =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    const { user } = await admit(services, context.req.raw, channel);
    const from = sequenceIn(context, 'from', 0);
    const until = sequenceIn(context, 'until', Number.MAX_SAFE_INTEGER);
    const past = services.log.history(channel, { from, until });
    return streamParts(services.limitRead(user, past), services);
  };
