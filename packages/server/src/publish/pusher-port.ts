import Pusher from 'pusher';

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

/** How long one call to Pusher's HTTP API may take. */
const TIMEOUT_MS = 5_000;

export const createPusher = ({ appId, key, secret, cluster, host, port, useTLS }: PusherOptions): Pusher =>
  host === undefined
    ? new Pusher({
        appId,
        key,
        secret,
        cluster: cluster ?? 'mt1',
        useTLS: useTLS ?? true,
        timeout: TIMEOUT_MS,
      })
    : new Pusher({
        appId,
        key,
        secret,
        host,
        ...(port === undefined ? {} : { port: String(port) }),
        useTLS: useTLS ?? false,
        timeout: TIMEOUT_MS,
      });
