import { type Rig, startRig } from '../rig.js';

/** The server's time and Pusher's rate, against a clock of the pages that hurries. */
const SPEED = 50;

/** A server whose time runs fast, and a Pusher that loses, repeats, delays and swaps what passes through it. */
export const startModelRig = async (): Promise<Rig> => {
  const start = Date.now();
  const rig = await startRig(
    { limits: { clientEventsPerSecond: 1_000_000 } },
    {
      compactAfterEntries: 16,
      // Whoever was away for long reads a snapshot.
      retention: { historyMs: 20_000 },
      limits: { entriesPerSecond: 1_000_000, bytesPerSecond: 1 << 30 },
      clock: () => start + (Date.now() - start) * SPEED,
      timer: (ms, work) => {
        const timer = setTimeout(work, ms / SPEED);
        return () => clearTimeout(timer);
      },
    },
  );
  const { faults } = rig.pusher;
  faults.add({ kind: 'drop', probability: 0.25 });
  faults.add({ kind: 'duplicate', probability: 0.1 });
  faults.add({ kind: 'reorder', probability: 0.15, delayMs: [1, 20] });
  faults.add({ kind: 'delay', probability: 0.15, delayMs: [1, 30] });
  return rig;
};
