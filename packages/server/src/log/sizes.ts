import type { Sizes } from '../metrics.js';
import type { Database } from './database.js';

/** How much all logs hold. */
export const measureSizes = async (database: Database): Promise<Sizes> => {
  const [sizes] = await database.query<{ channels: number; rows: number; bytes: number; snapshots: number }>(
    `select count(*) as channels, coalesce(sum(head - snapshot), 0)::bigint as rows,
        coalesce(sum(bytes), 0)::bigint as bytes,
        (select coalesce(sum(length), 0)::bigint from inkwire.snapshots where is_served) as snapshots
      from inkwire.channels`,
  );
  return {
    channels: sizes?.channels ?? 0,
    rows: sizes?.rows ?? 0,
    bytes: sizes?.bytes ?? 0,
    snapshotBytes: sizes?.snapshots ?? 0,
  };
};
