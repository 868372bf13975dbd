import { decodeAppend, type Entry, MAX_APPEND_BYTES, WireError } from '@inkwire/core';
import type { Context } from 'hono';
import { InkwireRefusal, type RefusalCode, statusOf } from '../refusal.js';
import { admit } from './admission.js';
import { readBody } from './body.js';
import { retryAfter } from './refuse.js';
import type { Services } from './services.js';

/** `POST /channels/:channel/entries`: hands entries to the log. */
export const appendEntries =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    const { user, role } = await admit(services, context.req.raw, channel);
    if (role !== 'write')
      throw new InkwireRefusal('forbidden', 'You may read this channel, not write on it.');
    const answer = await services.append(channel, user, await readEntries(context.req.raw));
    const status = answer.error ? statusOf(answer.error.code as RefusalCode) : 200;
    return Response.json(answer, { status, headers: retryAfter(status) });
  };

const readEntries = async (request: Request): Promise<Entry[]> => {
  const body = await readBody(request, MAX_APPEND_BYTES);
  try {
    return decodeAppend(body);
  } catch (error) {
    if (error instanceof WireError) throw new InkwireRefusal('bad_request', error.message);
    throw error;
  }
};
