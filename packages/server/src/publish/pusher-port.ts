import Pusher from 'pusher';
import { createTimeLimitedAgent } from './time-limited-agent.js';

/** Which Pusher app to publish through: hosted (`cluster`) or any server that speaks its protocol (`host`). */
export interface PusherOptions {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  readonly cluster?: string;
  readonly host?: string;
  readonly port?: number;
  /** Default true with `cluster`, false with `host`. */
  readonly useTLS?: boolean;
}

/** What would end a user's id in an address, or be taken for an escape in it. */
const ADDRESS_MARKS = /[%/?#\\]/;

/**
 * Closes the connections on which a user is signed in.
 *
 * The library puts ids into addresses as they are. Those that need it are escaped here; the others are left alone, since
 * Pusher does not say whether it checks signatures before or after it reads escapes.
 */
export const terminateConnections = async (pusher: Pusher, user: string): Promise<void> => {
  await pusher.terminateUserConnections(ADDRESS_MARKS.test(user) ? encodeURIComponent(user) : user);
};

/** How long one call to Pusher's HTTP API may take, from the connection to the last byte of the answer. */
const TIMEOUT_MS = 5_000;

export const createPusher = (
  { appId, key, secret, cluster, host, port, useTLS = host === undefined }: PusherOptions,
  timeoutMs = TIMEOUT_MS,
): Pusher => {
  // The library's own limit ends with the head of the answer; the agent's covers its body too.
  const limits = { timeout: timeoutMs, agent: createTimeLimitedAgent(useTLS, timeoutMs) };
  const app = { appId, key, secret, useTLS, ...limits };
  return host === undefined
    ? new Pusher({ ...app, cluster: cluster ?? 'mt1' })
    : new Pusher({ ...app, host, ...(port === undefined ? {} : { port: String(port) }) });
};
