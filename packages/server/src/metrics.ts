import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Sizes of all logs together. */
export interface Sizes {
  readonly channels: number;
  readonly rows: number;
  readonly bytes: number;
  readonly snapshotBytes: number;
}

/** What the server counts, in the Prometheus text format at `/metrics`. */
export interface Metrics {
  /** The log took new entries, by whichever way they came. */
  stored(entries: number, bytes: number): void;
  /** A request to append was answered after so long. */
  appended(seconds: number): void;
  /** A request to read got the first part of its answer after so long. */
  read(seconds: number): void;
  refused(code: string): void;
  /** Pusher took so many messages in one call, which took so long. */
  published(kind: 'receipt' | 'event', count: number, seconds: number): void;
  publishFailed(): void;
  compacted(outcome: 'done' | 'failed'): void;
  quarantined(rows: number): void;
  /** The whole text; `sizes` are measured for it, and left out when they are null: the database may be away. */
  text(sizes: Sizes | null): Promise<string>;
  readonly contentType: string;
}

const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const entries = new Counter({
    name: 'inkwire_entries_total',
    help: 'Entries that the logs took.',
    registers,
  });
  const bytes = new Counter({
    name: 'inkwire_entry_bytes_total',
    help: 'Bytes of the entries that the logs took.',
    registers,
  });
  const latency = (name: string, help: string): Histogram =>
    new Histogram({ name, help, buckets: LATENCY_SECONDS, registers });
  const appends = latency('inkwire_append_seconds', 'Time from an append request to its answer.');
  const reads = latency('inkwire_read_seconds', 'Time from a read request to the first part of its answer.');
  const calls = latency('inkwire_publish_seconds', 'Time that a call to the HTTP API of Pusher took.');
  const refused = new Counter({
    name: 'inkwire_refused_total',
    help: 'Requests and entries refused, by reason.',
    labelNames: ['code'],
    registers,
  });
  const published = new Counter({
    name: 'inkwire_published_total',
    help: 'Messages published through Pusher.',
    labelNames: ['kind'],
    registers,
  });
  const publishFailures = new Counter({
    name: 'inkwire_publish_failures_total',
    help: 'Calls to the HTTP API of Pusher that failed and are repeated.',
    registers,
  });
  const compactions = new Counter({
    name: 'inkwire_compactions_total',
    help: 'Compactions, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const quarantined = new Counter({
    name: 'inkwire_quarantined_total',
    help: 'Rows whose content was set aside because Yjs fails on it.',
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const channels = gauge('inkwire_channels', 'Channels that have a log.');
  const rows = gauge('inkwire_log_rows', 'Rows in all logs since their newest snapshots.');
  const logBytes = gauge('inkwire_log_bytes', 'Bytes of the newest snapshots and of the rows after them.');
  const snapshotBytes = gauge('inkwire_snapshot_bytes', 'Bytes of all snapshots that are kept.');

  return {
    stored(count, size) {
      entries.inc(count);
      bytes.inc(size);
    },
    appended: (seconds) => appends.observe(seconds),
    read: (seconds) => reads.observe(seconds),
    refused: (code) => refused.inc({ code }),
    published(kind, count, seconds) {
      published.inc({ kind }, count);
      calls.observe(seconds);
    },
    publishFailed: () => publishFailures.inc(),
    compacted: (outcome) => compactions.inc({ outcome }),
    quarantined: (count) => quarantined.inc(count),
    text(sizes) {
      for (const [measured, value] of [
        [channels, sizes?.channels],
        [rows, sizes?.rows],
        [logBytes, sizes?.bytes],
        [snapshotBytes, sizes?.snapshotBytes],
      ] as const)
        if (value === undefined) measured.remove();
        else measured.set(value);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
};
