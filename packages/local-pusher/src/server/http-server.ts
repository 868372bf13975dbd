import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerControl, type Controls, isControl } from '../faults/fault-routes.js';
import type { FaultGate } from '../faults/faults.js';
import type { HttpFault } from '../faults/transport-fault.js';
import { type Answer, refuse } from './answer.js';
import { type ApiRequest, readRequest } from './api-request.js';
import type { AppState } from './app-state.js';
import { answerApi } from './http-api.js';
import type { Meter } from './meter.js';

/** Faults are switched from pages too, which are served on other ports. */
const CONTROL_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': 'content-type',
};

/** Longer than clients keep idle connections, so that none is closed under a request that is just being sent. */
const KEEP_ALIVE_MS = 65_000;

export interface HttpServerOptions {
  apps: ReadonlyMap<string, AppState>;
  controls: Controls;
  gate: FaultGate;
  meter: Meter;
  requestBytes: number;
}

/** The HTTP side of the server: the API of Channels, and the controls of faults and counters. */
export function createHttpServer(options: HttpServerOptions): Server {
  const { apps, controls, gate, meter, requestBytes } = options;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isControl(message.url ?? '')) await serveControl(message, response);
    else await serveApi(message, response, gate.drawHttpFault());
  }

  async function serveControl(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const respond = (answer: Answer) => write(response, answer, CONTROL_HEADERS);
    if (message.method === 'OPTIONS') response.writeHead(204, CONTROL_HEADERS).end();
    else respond(await answerWith(message, (request) => answerControl(controls, request)));
  }

  async function serveApi(
    message: IncomingMessage,
    response: ServerResponse,
    fault: HttpFault | undefined,
  ): Promise<void> {
    if (fault !== undefined && !fault.afterwards) {
      fail(response, fault);
      return;
    }
    const answer = await answerWith(message, (request) => answerApi(apps, request));
    meter.requested(answer.status);
    if (fault === undefined) write(response, answer);
    else fail(response, fault);
  }

  async function answerWith(
    message: IncomingMessage,
    answer: (request: ApiRequest) => Answer,
  ): Promise<Answer> {
    const request = await readRequest(message, requestBytes);
    return request ? answer(request) : refuse(413, `A request has at most ${requestBytes} bytes.`);
  }

  const server = createServer((message, response) => {
    // A request that breaks off half-way has nobody left to answer.
    serve(message, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

function write(
  response: ServerResponse,
  { status, type, body }: Answer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

function fail(response: ServerResponse, { status, reset }: HttpFault): void {
  if (status !== undefined) write(response, refuse(status, 'This failure was asked for.'));
  else if (reset) response.destroy();
  // Otherwise the client waits for an answer until it gives up.
}
