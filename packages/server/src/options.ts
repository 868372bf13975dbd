import { DEFAULT_LIMITS, type Limits } from './access/limits.js';
import type { Role, User } from './access/user.js';
import { DATABASE_TIMEOUT_MS } from './log/open-database.js';
import { DEFAULT_RETENTION, type Retention } from './log/retention.js';
import { EVENT_TYPES, type EventType } from './publish/event-types.js';
import type { PusherOptions } from './publish/pusher-port.js';
import { systemTimer, type Timer } from './publish/timer.js';
import { InkwireConfigError } from './refusal.js';
import { jsonLines, type Report } from './report.js';

type Awaitable<T> = T | Promise<T>;

/**
 * The options of `createInkwireServer`.
 *
 * `Answer` is what `access` answers, among what it may: to be inferred from the function that is given, since
 * TypeScript takes `async () => 'write'` for one that answers any string where nothing is to be inferred.
 */
export interface InkwireServerOptions<Answer extends Role | null = Role | null> {
  /**
   * Where the logs are kept: a folder for the embedded database, or the address of a PostgreSQL server
   * (`postgres://…`). Default: the environment's `DATABASE_URL`, else the folder `.inkwire`.
   */
  readonly database?: string;
  /**
   * After how many milliseconds a statement is given up that PostgreSQL does not answer, and its connection after a fifth
   * more. Migrations and clearing up take as long as they take. Default 30,000.
   */
  readonly databaseTimeoutMs?: number;
  readonly pusher: PusherOptions;
  /** At least 16 characters, the same in all processes and for as long as the logs live; seals derive from it. */
  readonly secret: string;
  /** Who makes this request; null for nobody. Asked for every request. */
  authenticate(request: Request): Awaitable<User | null>;
  /** What this user may do on a channel, such as `presence-board-<id>`; null for nothing. Asked for every request. */
  access(user: User, channel: string): Awaitable<Answer>;
  /** The path below which the handler is mounted, such as `/inkwire`. Default: none. */
  readonly basePath?: string;
  /** Types of workspace events beside the built-in ones. */
  readonly events?: readonly EventType[];
  readonly limits?: Partial<Limits>;
  readonly retention?: Partial<Retention>;
  /** Entries since the last snapshot that make a log worth compacting. Default 1,000. */
  readonly compactAfterEntries?: number;
  /** True once, for the first start after an embedded database was restored from a backup. Default false. */
  readonly restored?: boolean;
  /** Takes the log records. Default: a line of JSON on standard error for each. */
  readonly report?: Report;
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly clock?: () => number;
  /** Default: the system's timers. */
  readonly timer?: Timer;
}

/** The options with their defaults. */
export interface Settings {
  readonly database: string;
  readonly databaseTimeoutMs: number;
  readonly basePath: string;
  readonly events: readonly EventType[];
  readonly limits: Limits;
  readonly retention: Retention;
  readonly compactAfterEntries: number;
  readonly restored: boolean;
  readonly report: Report;
  readonly clock: () => number;
  readonly timer: Timer;
}

const DEFAULT_COUNTS = { compactAfterEntries: 1_000, databaseTimeoutMs: DATABASE_TIMEOUT_MS };

/** @throws {InkwireConfigError} naming the first option that is missing or wrong */
export const readOptions = (options: InkwireServerOptions): Settings => {
  checkPusher(options.pusher);
  if (typeof options.secret !== 'string' || options.secret.length < 16)
    throw new InkwireConfigError('secret', 'The option secret must be a string of at least 16 characters.');
  for (const field of ['authenticate', 'access'] as const)
    if (typeof options[field] !== 'function')
      throw new InkwireConfigError(field, `The option ${field} must be a function.`);
  const limits = withDefaults('limits', DEFAULT_LIMITS, options.limits);
  const retention = withDefaults('retention', DEFAULT_RETENTION, options.retention);
  const { compactAfterEntries, databaseTimeoutMs } = options;
  const counts = withDefaults('', DEFAULT_COUNTS, { compactAfterEntries, databaseTimeoutMs });
  return {
    database: readDatabase(options.database),
    basePath: options.basePath ?? '',
    events: readEventTypes(options.events),
    limits,
    retention,
    ...counts,
    restored: options.restored ?? false,
    report: options.report ?? jsonLines,
    clock: options.clock ?? Date.now,
    timer: options.timer ?? systemTimer,
  };
};

/** An environment that names an empty address names none; an app that does has forgotten something. */
const readDatabase = (given: string | undefined): string => {
  const database = given ?? (process.env.DATABASE_URL || '.inkwire');
  const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(database);
  if (database === '' || (isAddress && !/^postgres(ql)?:\/\//.test(database)))
    throw new InkwireConfigError(
      'database',
      'The option database must be a folder, or the address of a PostgreSQL: postgres://user:password@host/name.',
    );
  return database;
};

const readEventTypes = (added: readonly EventType[] = []): EventType[] => {
  const types = [...EVENT_TYPES];
  for (const type of added) {
    if (types.some((known) => known.type === type.type))
      throw new InkwireConfigError(
        'events',
        `The option events defines ${type.type}, which there is already: give your type another name.`,
      );
    types.push(type);
  }
  return types;
};

const checkPusher = (pusher: PusherOptions): void => {
  for (const field of ['appId', 'key', 'secret'] as const)
    if (typeof pusher?.[field] !== 'string' || pusher[field] === '')
      throw new InkwireConfigError(
        `pusher.${field}`,
        `The option pusher.${field} is missing; the dashboard of your Pusher app shows it.`,
      );
  if (!pusher.cluster && !pusher.host)
    throw new InkwireConfigError('pusher.cluster', 'The options need pusher.cluster or pusher.host.');
};

const withDefaults = <T extends { readonly [field: string]: number } | Limits | Retention>(
  group: string,
  defaults: T,
  given: { readonly [Field in keyof T]?: T[Field] | undefined } = {},
): T => {
  const merged: Record<string, number> = { ...defaults };
  for (const [field, value] of Object.entries(given)) {
    const name = group === '' ? field : `${group}.${field}`;
    if (!Object.hasOwn(defaults, field))
      throw new InkwireConfigError(
        name,
        `There is no option ${name}: ${group} has ${Object.keys(defaults).join(', ')}.`,
      );
    if (value === undefined) continue;
    if (!(typeof value === 'number' && value > 0))
      throw new InkwireConfigError(name, `The option ${name} must be a number above 0.`);
    merged[field] = value;
  }
  return merged as T;
};
