import type { Context } from 'hono';
import { admit } from './admission.js';
import { streamParts } from './parts.js';
import { epochIn, sequenceIn, vectorIn } from './query.js';
import type { Services } from './services.js';

/**
 * `GET /channels/:channel/entries?after=SEQ&epoch=E`: the log from a sequence on, as a stream. With `vector`, a Yjs state
 * vector in base64url, what a document with it lacks.
 */
export const readEntries =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const started = performance.now();
    const channel = context.req.param('channel') ?? '';
    const { user } = await admit(services, context.req.raw, channel);
    const after = sequenceIn(context, 'after', 0);
    const epoch = epochIn(context);
    const vector = vectorIn(context);
    if (vector) await services.limitFold(user, channel);
    const response = await streamParts(
      services.limitRead(
        user,
        services.log.read(channel, {
          after,
          ...(epoch === undefined ? {} : { epoch }),
          ...(vector === undefined ? {} : { vector }),
        }),
      ),
      services,
    );
    services.noteRead((performance.now() - started) / 1_000);
    return response;
  };
