import type { Entry } from '@inkwire/core';

/** Own entries on their way into a frame. */
export interface EntryQueue {
  add(entry: Entry): void;
  /** Takes the entries, in order, whose bytes fit into `room`. */
  take(room: number): Entry[];
  clear(): void;
  readonly size: number;
}

/** Number, seal and length beside an update's own bytes, at most. */
const ENTRY_OVERHEAD_BYTES = 5 + 16 + 5;

/**
 * @param largest bytes of the largest frame: an entry that fits in none is left to the log (W2), and so is everything
 *   when more than two frames' worth waits.
 */
export const createEntryQueue = (largest: number): EntryQueue => {
  let entries: Entry[] = [];
  let bytes = 0;
  const sizeOf = (entry: Entry): number => entry.update.length + ENTRY_OVERHEAD_BYTES;

  return {
    add: (entry) => {
      if (sizeOf(entry) > largest) return;
      entries.push(entry);
      bytes += sizeOf(entry);
      if (bytes > 2 * largest) {
        entries = [];
        bytes = 0;
      }
    },
    take: (room) => {
      let taken = 0;
      let size = 0;
      for (const entry of entries) {
        if (size + sizeOf(entry) > room) break;
        size += sizeOf(entry);
        taken += 1;
      }
      bytes -= size;
      return entries.splice(0, taken);
    },
    clear: () => {
      entries = [];
      bytes = 0;
    },
    get size() {
      return entries.length;
    },
  };
};
