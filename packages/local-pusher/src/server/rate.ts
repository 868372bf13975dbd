import type { Clock } from '../clock.js';

const WINDOW_MS = 1_000;
/** Attempts remembered at once: a flood is counted up to here, in bounded memory. */
const MOST_REMEMBERED = 4_096;

/** How often something happened: in total, and the most in any window of one second. */
export interface RateReading {
  accepted: number;
  rejected: number;
  /** Attempts, rejected ones included. Saturates at 4,096. */
  mostPerSecond: number;
}

export interface Rate {
  /** Counts an attempt and says whether fewer than the limit were accepted in the last second. */
  attempt(): boolean;
  read(): RateReading;
  /** Starts counting anew; the limit still looks back. */
  reset(): void;
}

/** A limit over a sliding window of one second: stricter than windows that start anew, whatever the phase. */
export function createRate(limit: number, clock: Clock): Rate {
  const attempts = createWindow();
  const acceptances = createWindow();
  let reading: RateReading = { accepted: 0, rejected: 0, mostPerSecond: 0 };

  return {
    attempt() {
      const now = clock.now();
      reading.mostPerSecond = Math.max(reading.mostPerSecond, attempts.add(now));
      if (acceptances.count(now) >= limit) {
        reading.rejected += 1;
        return false;
      }
      acceptances.add(now);
      reading.accepted += 1;
      return true;
    },
    read: () => ({ ...reading }),
    reset() {
      reading = { accepted: 0, rejected: 0, mostPerSecond: 0 };
    },
  };
}

function createWindow() {
  let times: number[] = [];
  let first = 0;

  function count(now: number): number {
    while (first < times.length && times[first]! <= now - WINDOW_MS) first += 1;
    if (first > MOST_REMEMBERED) {
      times = times.slice(first);
      first = 0;
    }
    return times.length - first;
  }

  return {
    count,
    add(now: number): number {
      if (count(now) >= MOST_REMEMBERED) first += 1;
      times.push(now);
      return times.length - first;
    },
  };
}
