/** Resolves in a task of its own, after whatever else the page had to do; a timer would wait for 4 ms. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

export interface TaskWatch {
  /** The longest time between two turns of the watch, and the tasks that the browser itself calls long, in ms. */
  stop(): Promise<{ longestTask: number; longTasks: number[] }>;
}

/** Takes a turn whenever the page's other tasks let it; the browser's own account knows only tasks over 50 ms. */
export const watchTasks = async (): Promise<TaskWatch> => {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  let longestTask = 0;
  let watching = true;
  const watch = async (): Promise<void> => {
    for (let last = performance.now(); watching; ) {
      await nextTask();
      const now = performance.now();
      longestTask = Math.max(longestTask, now - last);
      last = now;
    }
  };
  await nextTask();
  const watched = watch();
  return {
    async stop() {
      watching = false;
      await watched;
      // The browser tells of a task some time after it.
      await new Promise((resolve) => setTimeout(resolve, 200));
      observer.disconnect();
      return { longestTask, longTasks };
    },
  };
};
