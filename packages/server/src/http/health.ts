import type { Context } from 'hono';
import type { Services } from './services.js';

/** `GET /healthz`: the process runs. */
export const health = (context: Context): Response => context.text('ok\n');

/** `GET /readyz`: the database answers; 503 when it does not. */
export const readiness =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    await services.ready();
    return context.text('ok\n');
  };
