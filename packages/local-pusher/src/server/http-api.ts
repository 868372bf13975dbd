import { type Answer, refuse } from './answer.js';
import type { ApiRequest } from './api-request.js';
import type { AppState } from './app-state.js';
import { authenticateRequest } from './authenticate-request.js';
import { getChannel, getChannels, getUsers } from './channel-routes.js';
import { postBatch, postEvent } from './event-routes.js';
import { terminateConnections } from './user-routes.js';

type Route = (state: AppState, request: ApiRequest, parameter: string) => Answer;

/** Routes below `/apps/<id>`; `*` stands for one segment, which is handed to the route. */
const ROUTES: readonly [method: string, pattern: string, route: Route][] = [
  ['POST', 'events', postEvent],
  ['POST', 'batch_events', postBatch],
  ['GET', 'channels', getChannels],
  ['GET', 'channels/*', getChannel],
  ['GET', 'channels/*/users', getUsers],
  ['POST', 'users/*/terminate_connections', terminateConnections],
];
const PUBLISHING: readonly Route[] = [postEvent, postBatch];

/** Answers one request to the HTTP API of Channels. */
export function answerApi(apps: ReadonlyMap<string, AppState>, request: ApiRequest): Answer {
  const [root, appId = '', ...rest] = request.segments;
  if (root !== 'apps' || rest.length === 0) {
    return refuse(404, `There is nothing at ${request.method} ${request.path}.`);
  }
  const state = apps.get(appId);
  if (state === undefined) return refuse(401, `There is no app ${appId}.`);
  const refusal = authenticateRequest(state, request);
  if (refusal !== undefined) return refusal;

  const found = ROUTES.filter(([, pattern]) => matches(pattern, rest));
  if (found.length === 0) return refuse(404, `There is nothing at ${request.path}.`);
  const allowed = found.find(([method]) => method === request.method);
  if (allowed === undefined) {
    return refuse(405, `${request.path} answers ${found.map(([method]) => method).join(', ')} only.`);
  }
  if (state.meter.overQuota()) return refuse(403, 'The app is over its message quota for today.');
  const [, pattern, route] = allowed;
  // What publishing costs depends on the events.
  if (!PUBLISHING.includes(route)) state.meter.queried();
  return route(state, request, rest[pattern.split('/').indexOf('*')] ?? '');
}

function matches(pattern: string, segments: string[]): boolean {
  const parts = pattern.split('/');
  return parts.length === segments.length && parts.every((part, i) => part === '*' || part === segments[i]);
}
