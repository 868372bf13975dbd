import type { Context } from 'hono';
import { WHITEBOARD_EDITED } from '../publish/event-types.js';
import { InkwireRefusal } from '../refusal.js';
import { admit } from './admission.js';
import { readJson } from './body.js';
import { sequenceIn } from './query.js';
import { NO_STORE } from './refuse.js';
import type { Services } from './services.js';

/** `POST /channels/:channel/events`: publishes a workspace event in the name of whoever asks. */
export const publishEvent =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    const { user, role } = await admit(services, context.req.raw, channel);
    if (role !== 'write')
      throw new InkwireRefusal('forbidden', 'You may read this channel, not publish on it.');
    const event = await readJson(context.req.raw);
    if (event.type === WHITEBOARD_EDITED)
      throw new InkwireRefusal('forbidden', 'The server itself tells when a board was edited.');
    services.limit(user, 1, 0);
    return context.json(await services.publish(channel, { ...event, actor: user.id }));
  };

/** `GET /channels/:channel/events?after=SEQ`: the next events. */
export const readEvents =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    await admit(services, context.req.raw, channel);
    return context.json(await services.events.read(channel, sequenceIn(context, 'after', 0)), 200, NO_STORE);
  };
