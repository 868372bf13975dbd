import type { InkwireRefusal } from '../refusal.js';

/** How long a client waits before it asks again, where nothing better is known. */
const RETRY_AFTER_SECONDS = 2;

/** The header that goes with an answer of this status. */
export const retryAfter = (status: number, seconds = RETRY_AFTER_SECONDS): Record<string, string> =>
  status === 429 || status === 503 ? { 'retry-after': String(seconds) } : {};

/** What is answered depends on who asks, so nobody between may keep it for somebody else. */
export const NO_STORE = { 'cache-control': 'no-store' };

/** The answer to a request that broke a rule. */
export const refuse = (refusal: InkwireRefusal): Response =>
  Response.json(
    { error: refusal },
    {
      status: refusal.status,
      headers: { ...NO_STORE, ...retryAfter(refusal.status, refusal.details.retryAfterSeconds) },
    },
  );
