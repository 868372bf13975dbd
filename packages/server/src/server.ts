import type { Entry } from '@inkwire/core';
import { verifyEntries } from './access/authorship.js';
import { createSeals } from './access/seals.js';
import { type Role, readUser, type User } from './access/user.js';
import { createApp } from './http/app.js';
import type { Services } from './http/services.js';
import { refusedEntry } from './log/append.js';
import { createChannelLog } from './log/channel-log.js';
import { openDatabase } from './log/open-database.js';
import { checkOptions, type InkwireServerOptions } from './options.js';
import { findUnannounced, markAnnounced } from './publish/announced.js';
import { createPublisher } from './publish/publisher.js';
import { createPusher } from './publish/pusher-port.js';
import { systemTimer } from './publish/timer.js';

/** The server half of Inkwire, mounted in an app. */
export interface InkwireServer {
  /** Serves one request; mount it below `basePath` in any framework that speaks Fetch. */
  fetch(request: Request): Promise<Response>;
  /** Finishes what was begun, announces what it can, and closes the database. */
  close(): Promise<void>;
}

/**
 * Opens the logs and returns the handler that serves them.
 *
 * @throws {InkwireConfigError} naming the option that is wrong
 */
export const createInkwireServer = async (options: InkwireServerOptions): Promise<InkwireServer> => {
  checkOptions(options);
  const clock = options.clock ?? Date.now;
  const location = options.database ?? process.env.DATABASE_URL ?? '.inkwire';
  const pusher = createPusher(options.pusher);
  const seals = createSeals(options.secret);
  const database = await openDatabase(location);
  const publisher = createPublisher({
    pusher,
    clock,
    timer: options.timer ?? systemTimer,
    onAnnounced: (heads) => markAnnounced(database, heads),
    onFailure: (error, retryInMs) => report('publish', error, { retryInMs }),
  });
  const log = createChannelLog({
    database,
    clock,
    onStored: ({ entries, ...stored }) =>
      publisher.announce({ ...stored, entries: entries.map(([seq, { session, n }]) => [seq, session, n]) }),
  });
  const authenticate = async (request: Request): Promise<User | null> =>
    readUser(await options.authenticate(request));
  const access = async (user: User, channel: string): Promise<Role | null> => {
    const role = await options.access(user, channel);
    return role === 'write' || role === 'read' ? role : null;
  };
  const rules = { seals, access, sessions: log.sessions };
  const services: Services = {
    log,
    seals,
    pusher,
    authenticate,
    access,
    async append(channel: string, requester: User, entries: readonly Entry[]) {
      const { candidates, refused } = await verifyEntries(rules, channel, requester, entries);
      const answer = await log.append(channel, candidates);
      return refused && !answer.error
        ? { ...answer, error: refusedEntry(refused.entry, refused.reason) }
        : answer;
    },
    async ready() {
      await database.query('select 1');
    },
  };
  const app = createApp(services, options.basePath ?? '', (error, request) =>
    report('request', error, { method: request.method, path: new URL(request.url).pathname }),
  );
  for (const unannounced of await findUnannounced(database, clock())) publisher.announce(unannounced);

  let serving = 0;
  let closing: Promise<void> | undefined;
  let idle = (): void => {};
  const close = async (): Promise<void> => {
    if (serving > 0) await new Promise<void>((resolve) => (idle = resolve));
    await log.idle();
    await publisher.close();
    await database.close();
  };
  return {
    async fetch(request) {
      if (closing) return new Response(null, { status: 503, headers: { 'retry-after': '2' } });
      serving += 1;
      try {
        return await app.fetch(request);
      } finally {
        serving -= 1;
        if (serving === 0) idle();
      }
    },
    close: () => (closing ??= close()),
  };
};

/** One line of JSON on standard error: what failed, never what anybody wrote. */
const report = (what: string, error: unknown, details: Record<string, unknown>): void => {
  const { name, message } = error as Error;
  process.stderr.write(`${JSON.stringify({ level: 'error', what, name, message, ...details })}\n`);
};
