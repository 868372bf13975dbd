import { Hono, type MiddlewareHandler } from 'hono';
import { sqlState } from '../log/database.js';
import { InkwireRefusal } from '../refusal.js';
import { appendEntries } from './append.js';
import { readDigest } from './digest.js';
import { publishEvent, readEvents } from './events.js';
import { health, readiness } from './health.js';
import { readPast } from './history.js';
import { readMetrics } from './metrics.js';
import { authenticateUser, authorizeChannel } from './pusher-auth.js';
import { readEntries } from './read.js';
import { refuse } from './refuse.js';
import type { Services } from './services.js';
import { joinSession } from './sessions.js';
import { takeWebhook } from './webhook.js';

/** Told of what was refused, and of what failed through nobody's bad request. */
export interface AppListener {
  refused(code: string): void;
  failed(error: unknown, route: string): void;
}

/** All routes below `basePath`. */
export const createApp = (services: Services, basePath: string, listener: AppListener): Hono => {
  const app = new Hono().basePath(basePath);
  app.post('/pusher/auth', authorizeChannel(services));
  app.post('/pusher/user-auth', authenticateUser(services));
  app.post('/pusher/webhook', takeWebhook(services));
  app.post('/channels/:channel/sessions', joinSession(services));
  app.post('/channels/:channel/entries', appendEntries(services));
  app.get('/channels/:channel/entries', refuseHead, readEntries(services));
  app.get('/channels/:channel/history', refuseHead, readPast(services));
  app.get('/channels/:channel/digest', readDigest(services));
  app.post('/channels/:channel/events', publishEvent(services));
  app.get('/channels/:channel/events', readEvents(services));
  app.get('/healthz', health);
  app.get('/readyz', readiness(services));
  app.get('/metrics', readMetrics(services));
  app.notFound(() => refuse(new InkwireRefusal('not_found', 'There is no such route.')));
  app.onError((error, context) => {
    if (error instanceof InkwireRefusal) {
      listener.refused(error.code);
      return refuse(error);
    }
    listener.failed(error, `${context.req.method} ${context.req.routePath}`);
    const what = sqlState(error) === undefined ? 'server' : 'database';
    return refuse(
      new InkwireRefusal('unavailable', `The ${what} cannot do this now: nothing was lost, try again.`),
    );
  });
  return app;
};

/** Hono serves HEAD as it does GET and forgets the body; that of a read would hold memory until it is given up. */
const refuseHead: MiddlewareHandler = async (context, next) => {
  if (context.req.raw.method === 'HEAD')
    throw new InkwireRefusal('not_found', 'There is no such route: logs are read with GET.');
  await next();
};
