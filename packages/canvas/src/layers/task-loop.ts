/** Runs a piece of work in tasks of their own, between which the browser shows frames and hands out input. */
export interface TaskLoop {
  /** Runs `work` again and again, as long as it returns true. */
  start(work: () => boolean): void;
  stop(): void;
}

/** By messages: timers that set timers wait for some milliseconds each time. */
export function createTaskLoop(): TaskLoop {
  let channel: MessageChannel | null = null;
  let current: (() => boolean) | null = null;

  function run(): void {
    if (current === null) return;
    if (current()) channel?.port2.postMessage(null);
    else current = null;
  }

  return {
    start(work) {
      const isRunning = current !== null;
      current = work;
      if (isRunning) return;
      if (channel === null) {
        channel = new MessageChannel();
        channel.port1.onmessage = run;
      }
      channel.port2.postMessage(null);
    },
    stop() {
      current = null;
      channel?.port1.close();
      channel = null;
    },
  };
}
