import { LocalPusherError } from '../error.js';
import { parseJson } from '../protocol/message.js';
import { type Answer, answerJson, refuse } from '../server/answer.js';
import type { ApiRequest } from '../server/api-request.js';
import type { Counters } from '../server/counters.js';
import type { EventFault } from './event-fault.js';
import type { Faults } from './faults.js';
import { readSeed } from './read-fault.js';
import type { ConnectionSelector } from './selector.js';
import type { ConnectionRefusal, Cut, HttpFault } from './transport-fault.js';

export interface Controls {
  faults: Faults;
  counters: Counters;
}

/** Does something with the body of a request, which the faults check themselves. */
type Action = (controls: Controls, body: unknown) => unknown;

const ACTIONS: Readonly<Record<string, Action | undefined>> = {
  'GET /faults': ({ faults }) => faults.read(),
  'DELETE /faults': ({ faults }) => faults.clear(),
  'POST /faults/events': ({ faults }, body) => faults.add(body as EventFault),
  'POST /faults/cut': ({ faults }, body) => ({ connections: faults.cut(body as Cut) }),
  'POST /faults/freeze': ({ faults }, body) => ({ connections: faults.freeze(body as ConnectionSelector) }),
  'DELETE /faults/freeze': ({ faults }) => faults.thaw(),
  'PUT /faults/connections': ({ faults }, body) => faults.refuseConnections(body as ConnectionRefusal),
  'DELETE /faults/connections': ({ faults }) => faults.acceptConnections(),
  'PUT /faults/http': ({ faults }, body) => faults.stopHttp(body as HttpFault),
  'DELETE /faults/http': ({ faults }) => faults.startHttp(),
  'PUT /faults/seed': ({ faults }, body) => faults.reseed(readSeed(body)),
  'GET /counters': ({ counters }) => ({ ...counters.read(), rates: counters.rates() }),
  'DELETE /counters': ({ counters }) => counters.reset(),
};

/** Whether a request is for the tester and not for the HTTP API of Channels, which faults may stop. */
export function isControl(address: string): boolean {
  return /^\/(faults|counters)([/?]|$)/.test(address);
}

/** Answers `/faults` and `/counters`. These are not signed: whoever reaches the server may break it. */
export function answerControl(controls: Controls, request: ApiRequest): Answer {
  const { method, segments } = request;
  const [root, kind, id] = segments;
  if (method === 'DELETE' && root === 'faults' && kind === 'events' && id !== undefined) {
    return controls.faults.remove(id) ? answerJson({}) : refuse(404, `There is no fault ${id}.`);
  }
  const action = ACTIONS[`${method} /${segments.join('/')}`];
  if (action === undefined) {
    return refuse(
      404,
      `There is nothing at ${method} ${request.path}; there is ${Object.keys(ACTIONS).join(', ')}.`,
    );
  }
  const body = request.body.length === 0 ? {} : parseJson(request.body.toString());
  if (body === undefined) return refuse(400, 'The body must be JSON, or empty.');
  try {
    return answerJson(action(controls, body) ?? {});
  } catch (error) {
    if (error instanceof LocalPusherError) return refuse(400, error.message);
    throw error;
  }
}
