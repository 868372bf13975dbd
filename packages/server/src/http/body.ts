import { InkwireRefusal } from '../refusal.js';

const tooLarge = (limit: number): InkwireRefusal =>
  new InkwireRefusal('too_large', `This request takes a body of at most ${limit} bytes.`);

/**
 * The bytes of a body, never more than `limit` of them in memory.
 *
 * @throws {InkwireRefusal} `too_large`, or `bad_request` where the client broke off
 */
export const readBody = async (request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
  const stated = request.headers.get('content-length');
  if (stated !== null && Number(stated) > limit) throw tooLarge(limit);
  try {
    // HTTP holds a body to its stated length, so that one need not be counted while it arrives.
    if (stated !== null && Number(stated) >= 0) return new Uint8Array(await request.arrayBuffer());
    return await readCounted(request, limit);
  } catch (error) {
    if (error instanceof InkwireRefusal) throw error;
    throw new InkwireRefusal(
      'bad_request',
      'The body broke off, or was read before it came here: send it again, or mount the server before body parsers.',
    );
  }
};

const readCounted = async (request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
  if (!request.body) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
};

const SMALL = 64 << 10;

export const readText = async (request: Request, limit = SMALL): Promise<string> =>
  new TextDecoder().decode(await readBody(request, limit));

/** @throws {InkwireRefusal} `bad_request` when the body is no JSON object */
export const readJson = async (request: Request): Promise<Record<string, unknown>> => {
  let value: unknown;
  try {
    value = JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof InkwireRefusal) throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InkwireRefusal('bad_request', 'The body must be a JSON object.');
  return value as Record<string, unknown>;
};

/** The fields of a form as pusher-js posts it. */
export const readForm = async (request: Request): Promise<URLSearchParams> =>
  new URLSearchParams(await readText(request));
