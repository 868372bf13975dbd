import { randomUUID } from 'node:crypto';
import { parseChannelName } from './access/channel-name.js';
import { createLimitGate } from './access/limits.js';
import { createSeals } from './access/seals.js';
import type { Role } from './access/user.js';
import { createApp } from './http/app.js';
import { createServices } from './http/create-services.js';
import { refuse } from './http/refuse.js';
import { createStalledReaders } from './http/stalled-readers.js';
import type { StoredEvent } from './log/event-log.js';
import { openLogs } from './log/open-logs.js';
import { startMaintenance } from './maintenance.js';
import { createMetrics } from './metrics.js';
import { countOpen, createOpenWork } from './open-work.js';
import { type InkwireServerOptions, readOptions } from './options.js';
import { createAnnouncements } from './publish/announcements.js';
import { createBoardActivity, EDITED_EVERY_MS } from './publish/board-activity.js';
import { createEventReader, type NewEvent, WHITEBOARD_EDITED } from './publish/event-types.js';
import { createPusher, terminateConnections } from './publish/pusher-port.js';
import { InkwireRefusal } from './refusal.js';
import { describeError } from './report.js';

/** The server half of Inkwire, mounted in an app. */
export interface InkwireServer {
  /** Serves one request; mount it below `basePath` in any framework that speaks Fetch. */
  fetch(request: Request): Promise<Response>;
  /**
   * Stores a workspace event and announces it on its channel. The same event with an `id` that the channel has is not
   * stored again, so a call that failed can be repeated.
   *
   * @throws {InkwireRefusal} `unknown_channel`, `bad_request` naming the field that is wrong, `event_taken` when the
   * channel has another event of this `id`, or `unavailable` when the server is closing
   */
  publish(channel: string, event: NewEvent): Promise<StoredEvent>;
  /**
   * Publishes many events of one channel at once: all of them, in their order, or, when it throws, none. Some hundreds in
   * a call are a good measure.
   *
   * @throws {InkwireRefusal} as `publish` does
   */
  publishAll(channel: string, events: readonly NewEvent[]): Promise<readonly StoredEvent[]>;
  /**
   * Enforces at once that a user lost access, to one channel or to all: their sessions there may not append any more and
   * their Pusher connections are closed. Call it after `access` has begun to say so. Rejects when Pusher cannot be
   * reached; the sessions are ended even then.
   */
  revoke(user: string, channel?: string): Promise<void>;
  /**
   * Takes no more requests (they are answered with 503), finishes what was begun, announces what it can, and closes the
   * database. A reader who goes on to take what it asked for is waited for up to ten seconds, one who does not for one.
   */
  close(): Promise<void>;
}

/** What other processes left unannounced for so long is announced by this one. */
const FORGOTTEN_MS = 15_000;
const RECOVER_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 10 * 60_000;

/** How long closing waits for requests that are under way: a reader may be slow. */
const CLOSE_WITHIN_MS = 10_000;

/**
 * Opens the logs and returns the handler that serves them.
 *
 * @throws {InkwireConfigError} naming the option that is wrong
 */
export const createInkwireServer = async <const Answer extends Role | null>(
  options: InkwireServerOptions<Answer>,
): Promise<InkwireServer> => {
  const settings = readOptions(options);
  const { clock, timer, report, retention, limits } = settings;
  const warn = (event: string, error: unknown, details: object = {}): void =>
    report({ level: 'warn', event, ...describeError(error), ...details });
  const metrics = createMetrics();
  const pusher = createPusher(options.pusher);
  const seals = createSeals(options.secret);

  const logs = await openLogs({
    location: settings.database,
    timeoutMs: settings.databaseTimeoutMs,
    restored: settings.restored,
    seals,
    retention,
    compactAfterEntries: settings.compactAfterEntries,
    clock,
    timer,
    onStored(stored) {
      metrics.stored(
        stored.entries.length,
        stored.entries.reduce((bytes, [, { update }]) => bytes + update.length, 0),
      );
      announcements.stored(stored);
      for (const author of stored.authors) activity.edited(stored.channel, author);
    },
    onCompacted(channel, compaction) {
      metrics.compacted('done');
      report({ level: 'info', event: 'compacted', channel, ...compaction });
    },
    onQuarantined({ channel, user, seqs }) {
      metrics.quarantined(seqs.length);
      report({ level: 'warn', event: 'rows quarantined', channel, user, seqs });
    },
    onCompactionFailed(channel, error) {
      metrics.compacted('failed');
      warn('compaction failed', error, { channel });
    },
  });
  const announcements = createAnnouncements({
    database: logs.database,
    pusher,
    clock,
    timer,
    onPublished: metrics.published,
    onFailure(error, retryInMs) {
      metrics.publishFailed();
      warn('publish failed', error, { retryInMs });
    },
    onUnnoted: (error) => warn('announcement not noted', error),
  });

  const readEvent = createEventReader(settings.events);
  const publishAll = async (channel: string, events: readonly unknown[]): Promise<StoredEvent[]> => {
    if (!parseChannelName(channel))
      throw new InkwireRefusal('unknown_channel', `There is no channel of the name ${channel}.`);
    const read = events.map((event) => readEvent(event, channel, clock(), randomUUID));
    const stored = await logs.events.store(channel, read);
    announcements.eventStored(channel);
    return stored;
  };
  const publish = async (channel: string, event: unknown): Promise<StoredEvent> => {
    const [stored] = await publishAll(channel, [event]);
    if (!stored) throw new Error('One event was published, and none was stored.');
    return stored;
  };
  const activity = createBoardActivity(timer, (channel, board, actor) => {
    const end = work.begin();
    const event = readEvent({ type: WHITEBOARD_EDITED, actor, board }, channel, clock(), randomUUID);
    logs.events
      .storeApart(event, EDITED_EVERY_MS)
      .then((stored) => stored && announcements.eventStored(channel))
      .catch((error) => warn('event not stored', error, { channel }))
      .finally(end);
  });

  const work = createOpenWork();
  const readers = createStalledReaders(timer, () => report({ level: 'info', event: 'reader stalled' }));
  const services = createServices({
    logs: {
      ...logs,
      log: {
        ...logs.log,
        read: (channel, request) => countOpen(work.begin, logs.log.read(channel, request)),
        history: (channel, request) => countOpen(work.begin, logs.log.history(channel, request)),
      },
    },
    app: options,
    gate: createLimitGate(limits, clock),
    boardBytes: limits.boardBytes,
    seals,
    pusher,
    readers,
    publish,
    metrics,
    onUnusable: (option, expected) =>
      report({ level: 'warn', event: 'answer of the app not usable', option, expected }),
    onReadBroken: (error) => report({ level: 'error', event: 'read broken off', ...describeError(error) }),
  });
  const app = createApp(services, settings.basePath, {
    refused: metrics.refused,
    failed: (error, route) =>
      report({ level: 'error', event: 'request failed', route, ...describeError(error) }),
  });

  await logs.log.warmUp().catch((error) => warn('warming up failed', error));
  await announcements.recover(clock()).catch(async (error) => {
    await announcements.close();
    await logs.close();
    throw error;
  });
  const maintenance = startMaintenance(
    timer,
    [
      { everyMs: RECOVER_EVERY_MS, work: () => announcements.recover(clock() - FORGOTTEN_MS) },
      {
        everyMs: SWEEP_EVERY_MS,
        async work() {
          await logs.compactor.sweep();
          await logs.events.trim(clock() - retention.historyMs);
        },
      },
    ],
    (error) => warn('maintenance failed', error),
  );

  const close = async (): Promise<void> => {
    await maintenance.stop();
    readers.hurry();
    let stopWaiting = (): void => {};
    const enough = new Promise<void>((resolve) => {
      stopWaiting = timer(CLOSE_WITHIN_MS, resolve);
    });
    await Promise.race([work.done(), enough]);
    activity.close();
    await Promise.race([work.done(), enough]);
    stopWaiting();
    await announcements.close();
    await logs.close();
  };
  let closing: Promise<void> | undefined;
  /** Does what somebody asks for, so that closing waits for it; once closing has begun it is refused. */
  const whileOpen = async <T>(serve: () => Promise<T>): Promise<T> => {
    if (closing) throw new InkwireRefusal('unavailable', 'The server is closing: try again.');
    const end = work.begin();
    try {
      return await serve();
    } finally {
      end();
    }
  };
  return {
    fetch: (request) =>
      whileOpen(async () => app.fetch(request)).catch((error) => {
        if (error instanceof InkwireRefusal) return refuse(error);
        // What a function of the app throws and is no error passes by the handler of errors.
        report({ level: 'error', event: 'request failed', route: request.method, ...describeError(error) });
        return refuse(new InkwireRefusal('unavailable', 'The server cannot do this now: try again.'));
      }),
    publish: (channel, event) => whileOpen(() => publish(channel, event)),
    publishAll: (channel, events) => whileOpen(() => publishAll(channel, events)),
    revoke: (user, channel) =>
      whileOpen(async () => {
        await logs.log.revoke(user, channel);
        await terminateConnections(pusher, user);
      }),
    close: () => (closing ??= close()),
  };
};
