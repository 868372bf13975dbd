import type { Context } from 'hono';
import * as Y from 'yjs';
import { InkwireRefusal } from '../refusal.js';

/** @throws {InkwireRefusal} `bad_request` when the parameter is there and no sequence number */
export const sequenceIn = <Default>(context: Context, name: string, absent: Default): number | Default => {
  const text = context.req.query(name);
  if (text === undefined) return absent;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new InkwireRefusal('bad_request', `The parameter ${name} must be a sequence number, 0 or more.`);
  return value;
};

/** @throws {InkwireRefusal} `bad_request` when `epoch` is there and no text that a database takes */
export const epochIn = (context: Context): string | undefined => {
  const text = context.req.query('epoch');
  if (text?.includes('\0'))
    throw new InkwireRefusal('bad_request', 'The parameter epoch must be one that the server has named.');
  return text;
};

/** What fits into an address; a page that knows more writers than this holds reads the log as ever. */
const MOST_VECTOR_TEXT = 8 << 10;

/** @throws {InkwireRefusal} `bad_request` when `vector` is there and no Yjs state vector in base64url */
export const vectorIn = (context: Context): Uint8Array | undefined => {
  const text = context.req.query('vector');
  if (text === undefined) return undefined;
  try {
    if (!/^[\w-]+$/.test(text) || text.length > MOST_VECTOR_TEXT) throw new Error('no base64url');
    const vector = new Uint8Array(Buffer.from(text, 'base64url'));
    for (const [client, clock] of Y.decodeStateVector(vector))
      if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock)) throw new Error('no clocks');
    return vector;
  } catch {
    throw new InkwireRefusal(
      'bad_request',
      'The parameter vector must be a Yjs state vector in base64url, of at most 6 kB.',
    );
  }
};
