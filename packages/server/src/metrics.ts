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
  appended(entries: number, bytes: number, seconds: number): void;
  refused(code: string): void;
  published(kind: 'receipt' | 'event', count: number): void;
  publishFailed(): void;
  compacted(outcome: 'done' | 'failed'): void;
  quarantined(rows: number): void;
  /** The whole text; `sizes` are measured for it. */
  text(sizes: Sizes): Promise<string>;
  readonly contentType: string;
}

const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const entries = new Counter({ name: 'inkwire_entries_total', help: 'Entries appended.', registers });
  const bytes = new Counter({
    name: 'inkwire_entry_bytes_total',
    help: 'Bytes of entries appended.',
    registers,
  });
  const latency = new Histogram({
    name: 'inkwire_append_seconds',
    help: 'Time from an append request to its answer.',
    buckets: LATENCY_SECONDS,
    registers,
  });
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
    appended(count, size, seconds) {
      entries.inc(count);
      bytes.inc(size);
      latency.observe(seconds);
    },
    refused: (code) => refused.inc({ code }),
    published: (kind, count) => published.inc({ kind }, count),
    publishFailed: () => publishFailures.inc(),
    compacted: (outcome) => compactions.inc({ outcome }),
    quarantined: (count) => quarantined.inc(count),
    text(sizes) {
      channels.set(sizes.channels);
      rows.set(sizes.rows);
      logBytes.set(sizes.bytes);
      snapshotBytes.set(sizes.snapshotBytes);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
};
