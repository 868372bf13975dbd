import { decodeAppend, type Entry, MAX_APPEND_BYTES, WireError } from '@inkwire/core';
import type { Context } from 'hono';
import { InkwireRefusal, type RefusalCode, statusOf } from '../refusal.js';
import { admit } from './admission.js';
import { readBody } from './body.js';
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
    return Response.json(answer, { status });
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

/** `GET /channels/:channel/entries?after=SEQ&epoch=E`: the log from a sequence on, as a stream. */
export const readEntriesAfter =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const channel = context.req.param('channel') ?? '';
    await admit(services, context.req.raw, channel);
    const after = Number(context.req.query('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0)
      throw new InkwireRefusal('bad_request', 'The parameter after must be a sequence number, 0 or more.');
    const epoch = context.req.query('epoch');
    const parts = services.log.read(channel, { after, ...(epoch === undefined ? {} : { epoch }) });
    // The first part is read before the answer begins, so that a database that is down is a 503 and no broken stream.
    const first = await parts.next();
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        if (first.done) controller.close();
        else controller.enqueue(first.value);
      },
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await parts.return();
      },
    });
    return new Response(stream, {
      headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
    });
  };
