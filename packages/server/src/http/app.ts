import { Hono } from 'hono';
import { sqlState } from '../log/database.js';
import { InkwireRefusal } from '../refusal.js';
import { appendEntries, readEntriesAfter } from './entries.js';
import { authenticateUser, authorizeChannel } from './pusher-auth.js';
import type { Services } from './services.js';
import { joinSession } from './sessions.js';

/** How long a client waits before it asks again, where nothing better is known. */
const RETRY_AFTER_SECONDS = 2;

/** The answer to a request that broke a rule. */
const refuse = (refusal: InkwireRefusal): Response => {
  const retryable = refusal.status === 429 || refusal.status === 503;
  const seconds = refusal.details.retryAfterSeconds ?? RETRY_AFTER_SECONDS;
  return Response.json(
    { error: refusal },
    { status: refusal.status, headers: retryable ? { 'retry-after': String(seconds) } : {} },
  );
};

/** All routes below `basePath`. `onFailure` is told of errors that are nobody's bad request. */
export const createApp = (
  services: Services,
  basePath: string,
  onFailure: (error: unknown, request: Request) => void,
): Hono => {
  const app = new Hono().basePath(basePath);
  app.post('/pusher/auth', authorizeChannel(services));
  app.post('/pusher/user-auth', authenticateUser(services));
  app.post('/channels/:channel/sessions', joinSession(services));
  app.post('/channels/:channel/entries', appendEntries(services));
  app.get('/channels/:channel/entries', readEntriesAfter(services));
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    await services.ready();
    return context.text('ok\n');
  });
  app.notFound(() => refuse(new InkwireRefusal('not_found', 'There is no such route.')));
  app.onError((error, context) => {
    if (error instanceof InkwireRefusal) return refuse(error);
    onFailure(error, context.req.raw);
    const what = sqlState(error) === undefined ? 'The server' : 'The database';
    return refuse(
      new InkwireRefusal('unavailable', `${what} cannot serve this now: nothing was lost, try again.`),
    );
  });
  return app;
};
