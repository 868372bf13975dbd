/** Something that a person should know, said quietly and for a while. */
export interface Notice {
  readonly text: string;
  /** What they can do about it. */
  readonly action: { readonly label: string; run(): void } | null;
}

export interface Notices {
  readonly current: Notice | null;
  /** Takes the place of what was shown before. */
  show(text: string, action?: Notice['action']): void;
  dismiss(): void;
}

/** How long a notice stays (ms); one that offers something stays longer. */
const LIFETIME = 3_500;
const LIFETIME_WITH_ACTION = 12_000;

/** What {@link createNotices} needs of a window. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(handle: number | undefined): void;
}

export function createNotices(timers: Timers, onChange: () => void): Notices {
  let current: Notice | null = null;
  let timer: number | undefined;

  function set(next: Notice | null): void {
    timers.clearTimeout(timer);
    timer = undefined;
    if (next === null && current === null) return;
    current = next;
    if (next !== null) {
      timer = timers.setTimeout(() => set(null), next.action === null ? LIFETIME : LIFETIME_WITH_ACTION);
    }
    onChange();
  }

  return {
    get current() {
      return current;
    },
    show: (text, action = null) => set({ text, action }),
    dismiss: () => set(null),
  };
}
