import type { Clock } from '../clock.js';

/** `commit`: something that is to stay; it leaves at once if it can. `stream`: a moment of what goes on moving. */
export type Urgency = 'commit' | 'stream';

/** Somebody whose frames leave through the pacer: one board. */
export interface FrameSource {
  /** Sends one frame with everything that waits; false when there was nothing to send, or nobody to send it to. */
  send(): boolean;
  /** The least time between this source's streamed frames, in ms, as its room's message bill allows. */
  spacing(): number;
  /** Whether its next frame leaves this browser, and so needs a slot of the connection's. Default true. */
  outward?(): boolean;
}

export interface Pacer {
  /** A frame of `source` wants to leave. Asking again before it left costs nothing. */
  request(source: FrameSource, urgency: Urgency): void;
  /** Forgets what `source` asked for. */
  forget(source: FrameSource): void;
  /** The server dropped a client event for its rate (4301): twice the spacing, recovering over 30 s. */
  slowDown(): void;
  stop(): void;
}

export interface PacerOptions {
  readonly clock: Clock;
  /** Client events in any window of one second; hosted Pusher drops what is above 10. */
  readonly limit?: number;
  /** The least time between streamed frames in ms. */
  readonly spacingMs?: number;
}

const DEFAULT_LIMIT = 10;
const DEFAULT_SPACING_MS = 120;

/** The window in which `limit` events may leave: a second, and what the network may squeeze out of it. */
const WINDOW_MS = 1_100;

/** How many events in a window may leave before their spacing is over, so that a burst of commits becomes a stream. */
const EARLY_LIMIT = 3;

const RECOVERY_MS = 30_000;
const MAX_SLOWDOWN = 16;

/**
 * Decides when a client event may leave (W3), for everything that shares one connection. The first event leaves at once;
 * after it streams are spaced evenly, a commit goes ahead of them while the window allows.
 */
export const createPacer = (options: PacerOptions): Pacer => {
  const { clock, limit = DEFAULT_LIMIT, spacingMs = DEFAULT_SPACING_MS } = options;
  const waiting = new Map<FrameSource, Urgency>();
  let sent: { readonly at: number; readonly early: boolean }[] = [];
  const lastSent = new Map<FrameSource, number>();
  let slowedAt = 0;
  let slowed = 1;
  let cancel = (): void => {};
  let stopped = false;
  let running = false;

  const slowdown = (now: number): number =>
    Math.max(1, slowed + (1 - slowed) * ((now - slowedAt) / RECOVERY_MS));

  /** When an event may leave at the earliest, spacing aside. */
  const windowOpens = (): number => {
    const first = sent[sent.length - limit];
    return first === undefined ? Number.NEGATIVE_INFINITY : first.at + WINDOW_MS;
  };

  const spacedAt = (source: FrameSource, now: number): number => {
    const last = sent.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    const own = lastSent.get(source) ?? Number.NEGATIVE_INFINITY;
    return Math.max(last + spacingMs * slowdown(now), own + source.spacing());
  };

  const mayGoEarly = (source: FrameSource, now: number): boolean =>
    slowdown(now) < 1.01 &&
    source.spacing() <= spacingMs &&
    sent.filter(({ early }) => early).length < EARLY_LIMIT;

  const dueAt = (source: FrameSource, urgency: Urgency, now: number): number =>
    Math.max(windowOpens(), urgency === 'commit' && mayGoEarly(source, now) ? now : spacedAt(source, now));

  const next = (now: number): [FrameSource, number] | null => {
    let first: [FrameSource, number] | null = null;
    for (const [source, urgency] of waiting) {
      const at = dueAt(source, urgency, now);
      if (first === null || at < first[1]) first = [source, at];
    }
    return first;
  };

  const run = (): void => {
    // A source may ask again while it sends; the loop below comes to it.
    if (stopped || running) return;
    cancel();
    running = true;
    try {
      sendDue();
    } finally {
      running = false;
    }
  };

  const sendDue = (): void => {
    for (;;) {
      const now = clock.now();
      sent = sent.filter(({ at }) => at > now - WINDOW_MS);
      const due = next(now);
      if (due === null) return;
      const [source, at] = due;
      if (at > now) {
        cancel = clock.after(at - now, run);
        return;
      }
      const early = now < spacedAt(source, now);
      waiting.delete(source);
      if (!source.send()) continue;
      sent.push({ at: now, early });
      lastSent.set(source, now);
    }
  };

  return {
    request: (source, urgency) => {
      if (waiting.get(source) !== 'commit') waiting.set(source, urgency);
      run();
    },
    forget: (source) => {
      waiting.delete(source);
      lastSent.delete(source);
      run();
    },
    slowDown: () => {
      const now = clock.now();
      slowed = Math.min(MAX_SLOWDOWN, slowdown(now) * 2);
      slowedAt = now;
      run();
    },
    stop: () => {
      stopped = true;
      waiting.clear();
      cancel();
    },
  };
};
