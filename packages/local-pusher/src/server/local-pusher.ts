import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, stoppable, systemClock } from '../clock.js';
import { LocalPusherError } from '../error.js';
import { createFaults, type Faults } from '../faults/faults.js';
import type { App, Webhook } from '../protocol/app.js';
import { CLOSE } from '../protocol/close-code.js';
import { HOSTED_LIMITS, type Limits } from '../protocol/limits.js';
import { createAppState } from './app-state.js';
import { type Counters, createCounters } from './counters.js';
import { createHttpServer } from './http-server.js';
import { createMeter } from './meter.js';
import { readApps, readLimits, readSeed } from './options.js';
import { createSocketServer } from './socket-server.js';

/** How long `close()` waits for clients to answer the closing handshake. */
const CLOSE_TIMEOUT_MS = 500;

export interface LocalPusherOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine only. */
  host?: string;
  /** The only app, when `apps` is not given. Default `local-app`, `local-key`, `local-secret`. */
  appId?: string;
  key?: string;
  secret?: string;
  /** Where the only app's server is told what happens. */
  webhooks?: Webhook[];
  /** Several apps, or apps with settings of their own. */
  apps?: App[];
  /** Figures to change in `HOSTED_LIMITS`. */
  limits?: Partial<Limits>;
  /** Makes faults draw the same numbers again. Default: a random integer, which `faults.read()` tells. */
  seed?: number;
  clock?: Clock;
  /** Posts webhooks. */
  fetch?: typeof globalThis.fetch;
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
  readonly faults: Faults;
  readonly counters: Counters;
  /** Closes every socket with 1001 and frees the port. Webhooks that wait are given up. */
  close(): Promise<void>;
}

/** Starts a Pusher Channels server for development and tests. Throws `LocalPusherError`. */
export async function startLocalPusher(options: LocalPusherOptions = {}): Promise<LocalPusher> {
  const { host = '127.0.0.1', port = 0, fetch = globalThis.fetch } = options;
  const clock = stoppable(options.clock ?? systemClock);
  const limits = readLimits({ ...HOSTED_LIMITS, ...options.limits });
  const apps = readApps(options);
  const seed = readSeed(options.seed);
  const meter = createMeter(limits, clock);
  const { faults, gate } = createFaults({ clock, seed, connections: openConnections });
  const states = apps.map((app) => createAppState({ app, limits, clock, meter, gate, fetch }));
  const { add, ...counters } = createCounters(meter);

  function* openConnections() {
    for (const state of states) yield* state.connections.values();
  }

  const sockets = createSocketServer({
    apps: new Map(states.map((state) => [state.app.key, state])),
    limits,
    meter,
    gate,
    log: { add },
  });
  const server = createHttpServer({
    apps: new Map(states.map((state) => [state.app.appId, state])),
    controls: { faults, counters },
    gate,
    meter,
    requestBytes: limits.requestBytes,
  });
  server.on('upgrade', sockets.upgrade);

  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const connection of [...openConnections()]) connection.close(CLOSE.goingAway);
    for (const state of states) state.stop();
    clock.stop();
    server.closeIdleConnections();
    const deadline = setTimeout(() => {
      sockets.terminate();
      server.closeAllConnections();
    }, CLOSE_TIMEOUT_MS);
    await closed;
    clearTimeout(deadline);
  }

  let stopping: Promise<void> | undefined;
  await listen(server, port, host);
  const { appId, key, secret } = apps[0]!;
  const address = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return {
    port: address.port,
    host,
    url,
    appId,
    key,
    secret,
    faults,
    counters,
    close: () => (stopping ??= stop()),
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new LocalPusherError('invalid-option', `port must be an integer from 0 to 65535, not ${port}.`);
  }
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const inUse = code === 'EADDRINUSE';
    const sentence = inUse
      ? `Port ${port} of ${host} is taken: stop what listens there or choose another port.`
      : `Cannot listen on ${host}:${port}: ${message}.`;
    throw new LocalPusherError(inUse ? 'address-in-use' : 'cannot-listen', sentence, { cause: error });
  }
}
