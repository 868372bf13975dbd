import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Clock, systemClock } from '../clock.js';
import type { App } from '../protocol/app.js';
import { CLOSE } from '../protocol/close-code.js';
import { HOSTED_LIMITS, type Limits } from '../protocol/limits.js';
import { type Answer, refuse } from './answer.js';
import { readRequest } from './api-request.js';
import type { AppState } from './app-state.js';
import { createChannelDirectory } from './channel-directory.js';
import { LocalPusherError } from './error.js';
import { parseHandshake, refuseHandshake } from './handshake.js';
import { answerApi } from './http-api.js';
import { createMeter, type Meter } from './meter.js';
import { runSocket } from './socket.js';

/** How long `close()` waits for clients to answer the closing handshake. */
const CLOSE_TIMEOUT_MS = 500;

export interface LocalPusherOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine only. */
  host?: string;
  /** Credentials of the only app, when `apps` is not given. */
  appId?: string;
  key?: string;
  secret?: string;
  /** Several apps, or apps with settings of their own. */
  apps?: App[];
  /** Figures to change in `HOSTED_LIMITS`. */
  limits?: Partial<Limits>;
  clock?: Clock;
}

/** A running server. */
export interface LocalPusher {
  readonly port: number;
  readonly host: string;
  /** `http://host:port`, where the HTTP API is; sockets connect to the same host and port. */
  readonly url: string;
  /** Credentials of the first app. */
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  readonly counters: Pick<Meter, 'read' | 'reset'>;
  /** Closes every socket with 1001 and frees the port. */
  close(): Promise<void>;
}

/** Starts a Pusher Channels server for development and tests. Throws `LocalPusherError`. */
export async function startLocalPusher(options: LocalPusherOptions = {}): Promise<LocalPusher> {
  const { host = '127.0.0.1', port = 0, clock = systemClock } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new LocalPusherError('invalid-option', `port must be an integer from 0 to 65535, not ${port}.`);
  }
  const limits = { ...HOSTED_LIMITS, ...options.limits };
  const apps = readApps(options);
  const meter = createMeter(limits, clock);
  const states = apps.map((app) => createAppState(app, limits, clock, meter));
  const statesById = new Map(states.map((state) => [state.app.appId, state]));
  const statesByKey = new Map(states.map((state) => [state.app.key, state]));

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
  });
  const server = createServer((message, response) => void answerHttp(message, response));
  server.on('upgrade', (message, socket, head) => {
    // A client that breaks off during the upgrade must not take the server with it.
    socket.on('error', () => socket.destroy());
    sockets.handleUpgrade(message, socket, head, (webSocket) => acceptSocket(webSocket, message.url ?? '/'));
  });

  function acceptSocket(webSocket: WebSocket, address: string): void {
    const request = parseHandshake(address);
    const state = statesByKey.get(request.key ?? '');
    const overQuota = meter.openConnections() >= limits.connections;
    const refusal =
      refuseHandshake(request, state?.app) ?? (overQuota ? CLOSE.overConnectionQuota : undefined);
    if (state !== undefined && refusal === undefined) {
      runSocket(state, webSocket, nextSocketId(state));
      return;
    }
    meter.connectionRefused();
    // Nothing that still arrives on a refused socket matters, broken frames included.
    webSocket.on('error', () => webSocket.terminate());
    const { code, reason } = refusal ?? CLOSE.unknownApp;
    webSocket.close(code, reason);
  }

  async function answerHttp(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await answerMessage(message).catch(() => undefined);
    if (answer === undefined) {
      response.destroy();
      return;
    }
    meter.requested(answer.status);
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  async function answerMessage(message: IncomingMessage): Promise<Answer> {
    const request = await readRequest(message, limits.requestBytes);
    if (request === undefined) return refuse(413, `A request has at most ${limits.requestBytes} bytes.`);
    return answerApi(statesById, request);
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const state of states) {
      for (const connection of [...state.connections.values()]) connection.close(CLOSE.goingAway);
    }
    const deadline = setTimeout(() => {
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.closeAllConnections();
    }, CLOSE_TIMEOUT_MS);
    server.closeIdleConnections();
    await closed;
    clearTimeout(deadline);
  }

  await listen(server, port, host);
  const { appId, key, secret } = apps[0]!;
  const address = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return { port: address.port, host, url, appId, key, secret, counters: meter, close };
}

function readApps(options: LocalPusherOptions): App[] {
  const { appId = 'local-app', key = 'local-key', secret = 'local-secret' } = options;
  const apps = options.apps ?? [{ appId, key, secret }];
  if (apps.length === 0) throw new LocalPusherError('invalid-option', 'apps must name at least one app.');
  for (const field of ['appId', 'key'] as const) {
    const values = apps.map((app) => app[field]);
    if (values.some((value) => !/^[\w-]+$/.test(value))) {
      throw new LocalPusherError(
        'invalid-option',
        `Every ${field} must consist of letters, digits, _ and -.`,
      );
    }
    if (new Set(values).size < values.length) {
      throw new LocalPusherError('invalid-option', `Two apps have the same ${field}; give each its own.`);
    }
  }
  if (apps.some((app) => app.secret === '')) {
    throw new LocalPusherError('invalid-option', 'Every app needs a secret.');
  }
  return apps;
}

function createAppState(app: App, limits: Limits, clock: Clock, meter: Meter): AppState {
  return {
    app,
    limits,
    clock,
    meter,
    connections: new Map(),
    channels: createChannelDirectory({
      meter,
      announce: () => {},
      countChanged: () => {},
      deliver(connection, frame) {
        meter.delivered();
        connection.send(frame);
      },
    }),
    announce: () => {},
  };
}

function nextSocketId(state: AppState): string {
  const id = `${randomInt(1, 1_000_000)}.${randomInt(1, 1_000_000_000)}`;
  return state.connections.has(id) ? nextSocketId(state) : id;
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = inUse
        ? `Port ${port} of ${host} is taken: stop what listens there or choose another port.`
        : `Cannot listen on ${host}:${port}: ${error.message}`;
      reject(new LocalPusherError(inUse ? 'address-in-use' : 'cannot-listen', message, { cause: error }));
    });
    server.listen(port, host, () => resolve());
  });
}
