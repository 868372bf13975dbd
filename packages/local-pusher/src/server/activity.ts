import type { Clock } from '../clock.js';
import { CLOSE, type CloseReason } from '../protocol/close-code.js';
import type { Limits } from '../protocol/limits.js';

/** Protocol 4 knows no pings; such clients are closed after a day of silence. */
const FIRST_PROTOCOL_WITH_PINGS = 5;
const INACTIVE_MS = 86_400_000;

export interface ActivityOptions {
  clock: Clock;
  limits: Limits;
  protocol: number;
  ping: () => void;
  close: (reason: CloseReason) => void;
}

/** Watches over whether a client is still there. */
export interface Activity {
  /** Anything at all came from the client. */
  heard(): void;
  stop(): void;
}

export function watchActivity(options: ActivityOptions): Activity {
  const { clock, limits, protocol, ping, close } = options;
  const pings = protocol >= FIRST_PROTOCOL_WITH_PINGS;
  const timeoutMs = pings ? limits.activityTimeoutSeconds * 1_000 : INACTIVE_MS;
  let lastHeard = clock.now();
  let stop = clock.after(timeoutMs, check);

  function check(): void {
    const idleMs = clock.now() - lastHeard;
    if (idleMs < timeoutMs) stop = clock.after(timeoutMs - idleMs, check);
    else if (pings) pingAndWait();
    else close(CLOSE.inactive);
  }

  function pingAndWait(): void {
    const pingedAt = clock.now();
    ping();
    stop = clock.after(limits.pongTimeoutSeconds * 1_000, () => {
      if (lastHeard < pingedAt) close(CLOSE.pongLost);
      else check();
    });
  }

  return {
    heard() {
      lastHeard = clock.now();
    },
    stop: () => stop(),
  };
}
