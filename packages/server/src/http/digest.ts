import type { Context } from 'hono';
import { admit } from './admission.js';
import { NO_STORE } from './refuse.js';
import type { Services } from './services.js';

/** `GET /channels/:channel/digest`: what a document that is level with the log must look like (F6). */
export const readDigest =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    const { user } = await admit(services, context.req.raw, channel);
    return context.json(await services.digest(user, channel), 200, NO_STORE);
  };
