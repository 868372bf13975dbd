import type { Entry } from '@inkwire/core';
import { severAll } from './sever.js';
import { lackingFor } from './update-parts.js';

export interface SalvageOptions {
  /** How much of what a client wrote is in the document: the next clock. */
  readonly clockOf: (client: number) => number;
  /** Whoever changes an entry has to have its session's key. */
  readonly seal: (entry: Pick<Entry, 'n' | 'update'>) => Uint8Array;
}

/** The entries of one session, in order, without what they build on and the document has not; entries that need nothing of it stay as they are. */
export const salvage = (entries: readonly Entry[], { clockOf, seal }: SalvageOptions): Entry[] => {
  const updates = entries.map(({ update }) => update);
  const severed = severAll(updates, lackingFor(updates, clockOf));
  return entries.map((entry, index) => {
    const update = severed[index]?.update;
    return update ? { ...entry, update, seal: seal({ n: entry.n, update }) } : entry;
  });
};
