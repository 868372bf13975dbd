import { isSessionId, type JoinAnswer } from '@inkwire/core';
import type { Context } from 'hono';
import { InkwireRefusal } from '../refusal.js';
import { admit } from './admission.js';
import { readJson } from './body.js';
import type { Services } from './services.js';

const LARGEST_CLIENT = 0xffffffff;

/** `POST /channels/:channel/sessions`: gives a page's session its seal key, and its clientID to its user. */
export const joinSession =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    const { user, role } = await admit(services, context.req.raw, channel);
    const { session, client } = await readJson(context.req.raw);
    if (typeof session !== 'string' || !isSessionId(session))
      throw new InkwireRefusal('bad_request', 'The field session must be 12 characters of 0-9, A-Z, a-z.');
    if (!Number.isInteger(client) || (client as number) < 0 || (client as number) > LARGEST_CLIENT)
      throw new InkwireRefusal('bad_request', 'The field client must be a clientID of Yjs, 0 to 4294967295.');
    services.open(user, channel);
    services.limit(user, 1, 0);
    const joined = await services.log.join(channel, user, session, client as number);
    const sealKey = Buffer.from(services.seals.key(channel, session, user.id)).toString('base64');
    const answer: JoinAnswer = { sealKey, role, user, ...joined };
    return context.json(answer);
  };
