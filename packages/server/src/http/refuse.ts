import type { InkwireRefusal } from '../refusal.js';

/** How long a client waits before it asks again, where nothing better is known. */
const RETRY_AFTER_SECONDS = 2;

/** The header that goes with an answer of this status. */
export const retryAfter = (status: number, seconds = RETRY_AFTER_SECONDS): Record<string, string> =>
  status === 429 || status === 503 ? { 'retry-after': String(seconds) } : {};

/** The answer to a request that broke a rule. */
export const refuse = (refusal: InkwireRefusal): Response =>
  Response.json(
    { error: refusal },
    { status: refusal.status, headers: retryAfter(refusal.status, refusal.details.retryAfterSeconds) },
  );
