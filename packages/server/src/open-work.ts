/** Counts what is under way, so that closing can wait for it. */
export interface OpenWork {
  /** Notes that something began; returns what to call when it ended. */
  begin(): () => void;
  /** Resolves when nothing is under way. */
  done(): Promise<void>;
}

export const createOpenWork = (): OpenWork => {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      count += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= 1;
        if (count > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    done: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
};

/** Passes on what `parts` yields; `begin` is called before the first part, and what it returns after the last. */
export async function* countOpen<T>(
  begin: OpenWork['begin'],
  parts: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const end = begin();
  try {
    yield* parts;
  } finally {
    end();
  }
}
