import type { Context } from 'hono';
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
