import { verifyEntries } from '../access/authorship.js';
import type { LimitGate } from '../access/limits.js';
import { type Role, readUser, SERVER_USER, type User } from '../access/user.js';
import { refusedEntry } from '../log/append.js';
import type { Logs } from '../log/open-logs.js';
import { measureSizes } from '../log/sizes.js';
import type { Metrics } from '../metrics.js';
import { countOpen } from '../open-work.js';
import type { InkwireServerOptions } from '../options.js';
import { InkwireRefusal } from '../refusal.js';
import type { Services } from './services.js';

/** A board that everybody left is compacted when it has at least this many new entries. */
const VACATED_ENTRIES = 50;

/** What the shortest fold costs, as if it were so many bytes of a log. */
const FOLD_BYTES = 64 << 10;

export interface ServicesOptions
  extends Pick<Services, 'seals' | 'pusher' | 'publish' | 'readers' | 'onReadBroken'> {
  readonly logs: Logs;
  readonly app: Pick<InkwireServerOptions, 'authenticate' | 'access'>;
  readonly gate: LimitGate;
  /** Bytes that one channel may hold. */
  readonly boardBytes: number;
  readonly metrics: Metrics;
  /** Told that a function of the app returned something else than it must, which counts as null. */
  readonly onUnusable: (option: 'authenticate' | 'access', expected: string) => void;
}

const USABLE_USER = 'null, or { id } with an id of 1 to 128 characters without control characters';
const USABLE_ROLE = '"write", "read" or null';

/** Joins the parts of the server to what its routes need. */
export const createServices = (options: ServicesOptions): Services => {
  const { logs, app, gate, seals, metrics } = options;
  const { log, events, database, compactor } = logs;

  const authenticate = async (request: Request): Promise<User | null> => {
    const answer = await app.authenticate(request);
    const user = readUser(answer);
    if (answer && !user) options.onUnusable('authenticate', USABLE_USER);
    return user;
  };
  const access = async (user: User, channel: string): Promise<Role | null> => {
    const role = await app.access(user, channel);
    if (role === 'write' || role === 'read') return role;
    if (role) options.onUnusable('access', USABLE_ROLE);
    return null;
  };
  const rules = { seals, access, sessions: log.sessions };

  const isFull = async (channel: string): Promise<boolean> => (await log.bytes(channel)) > options.boardBytes;

  /** A log that is empty costs something, too. */
  const costOfFold = async (channel: string): Promise<number> => FOLD_BYTES + (await log.bytes(channel));

  const append: Services['append'] = async (channel, requester, entries) => {
    const started = performance.now();
    const bytes = entries.reduce((sum, entry) => sum + entry.update.length, 0);
    gate.append(requester.id, entries.length, bytes);
    if (await isFull(channel))
      throw new InkwireRefusal('board_full', 'This board is full: remove something, or start another.', {
        retryAfterSeconds: 60,
      });
    const { candidates, refused } = await verifyEntries(rules, channel, requester, entries);
    const answer = await log.append(channel, candidates);
    metrics.appended((performance.now() - started) / 1_000);
    const error = answer.error ?? (refused && refusedEntry(refused.entry, refused.reason));
    if (!error) return answer;
    metrics.refused(error.code);
    return { ...answer, error };
  };

  return {
    log,
    events,
    seals,
    pusher: options.pusher,
    readers: options.readers,
    onReadBroken: options.onReadBroken,
    authenticate,
    access,
    open: (user, channel) => gate.open(user.id, channel),
    limit: (user, entries, bytes) => gate.append(user.id, entries, bytes),
    limitRead: (user, parts) => countOpen(() => gate.read(user.id), parts),
    limitFold: async (user, channel) => gate.fold(user.id, await costOfFold(channel)),
    async digest(user, channel) {
      const cost = await costOfFold(channel);
      return log.digest(channel, () => gate.fold(user.id, cost));
    },
    append,
    async appendFrame(channel, user, entries) {
      if (await isFull(channel)) return metrics.refused('board_full');
      const sessions = await log.sessions(channel, [...new Set(entries.map((entry) => entry.session))]);
      if (entries.some((entry) => sessions.get(entry.session)?.user.id !== user)) return;
      const { candidates, refused } = await verifyEntries(rules, channel, SERVER_USER, entries);
      const answer = await log.append(channel, candidates);
      const code = answer.error?.code ?? refused?.reason.code;
      if (code !== undefined) metrics.refused(code);
    },
    publish: options.publish,
    noteRead: metrics.read,
    vacated: (channel) => compactor.request(channel, VACATED_ENTRIES),
    async ready() {
      await database.query('select 1');
    },
    async metrics() {
      // What was counted can be read whatever the database does: most of all when it is away.
      const sizes = await measureSizes(database).catch(() => null);
      return { text: await metrics.text(sizes), contentType: metrics.contentType };
    },
  };
};
