import type { Role, User } from './access/user.js';
import type { PusherOptions } from './publish/pusher-port.js';
import type { Timer } from './publish/timer.js';
import { InkwireConfigError } from './refusal.js';

type Awaitable<T> = T | Promise<T>;

export interface InkwireServerOptions {
  /**
   * Where the logs are kept: a folder for the embedded database, or the address of a PostgreSQL server
   * (`postgres://…`). Default: the environment's `DATABASE_URL`, else the folder `.inkwire`.
   */
  readonly database?: string;
  readonly pusher: PusherOptions;
  /** At least 16 characters, the same in all processes and for as long as the logs live; seals derive from it. */
  readonly secret: string;
  /** Who makes this request; null for nobody. Asked for every request. */
  authenticate(request: Request): Awaitable<User | null>;
  /** What this user may do on a channel, such as `presence-board-<id>`; null for nothing. Asked for every request. */
  access(user: User, channel: string): Awaitable<Role | null>;
  /** The path below which the handler is mounted, such as `/inkwire`. Default: none. */
  readonly basePath?: string;
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly clock?: () => number;
  /** Default: the system's timers. */
  readonly timer?: Timer;
}

/** @throws {InkwireConfigError} naming the first option that is missing or wrong. */
export const checkOptions = (options: InkwireServerOptions): void => {
  const { pusher, secret } = options;
  if (typeof secret !== 'string' || secret.length < 16)
    throw new InkwireConfigError('secret', 'The option secret must be a string of at least 16 characters.');
  for (const field of ['appId', 'key', 'secret'] as const)
    if (typeof pusher?.[field] !== 'string' || pusher[field] === '')
      throw new InkwireConfigError(
        `pusher.${field}`,
        `The option pusher.${field} is missing; the dashboard of your Pusher app shows it.`,
      );
  if (!pusher.cluster && !pusher.host)
    throw new InkwireConfigError('pusher.cluster', 'The options need pusher.cluster or pusher.host.');
  for (const field of ['authenticate', 'access'] as const)
    if (typeof options[field] !== 'function')
      throw new InkwireConfigError(field, `The option ${field} must be a function.`);
};
