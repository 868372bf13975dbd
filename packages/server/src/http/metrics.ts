import type { Context } from 'hono';
import type { Services } from './services.js';

/** `GET /metrics`: what the server counts, in the Prometheus text format. */
export const readMetrics =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const { text, contentType } = await services.metrics();
    return context.body(text, 200, { 'content-type': contentType });
  };
