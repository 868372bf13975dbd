import type { Command } from '../editor/command.js';

/** Which keys run which commands, as the app and the person at this browser want it. */
export interface KeyMap {
  /** All commands with the keys they have now; those that got other keys come first, so that theirs count. */
  readonly commands: readonly Command[];
  /** Gives a command other keys, none at all, or with null its own again; kept in this browser. */
  set(command: string, keys: readonly string[] | null): void;
  /** Gives all commands their own keys again. */
  reset(): void;
}

/** What {@link createKeyMap} keeps things in. */
export type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface KeyMapOptions {
  readonly commands: readonly Command[];
  /** Keys by the names of commands, in place of their own. */
  readonly keys?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Null where the browser keeps nothing. */
  readonly storage: KeyStorage | null;
  readonly onChange: () => void;
}

/** Under this name the browser keeps what its person chose. */
export const KEY_STORAGE = 'inkwire.keys';
/** Nobody gives one command more keys, or longer names of them. */
const MOST_KEYS = 8;
const LONGEST_KEY = 40;

export function createKeyMap({ commands, keys = {}, storage, onChange }: KeyMapOptions): KeyMap {
  const own = commands.map((command) => ({
    ...command,
    keys: Object.hasOwn(keys, command.name) ? (keys[command.name] ?? []) : command.keys,
  }));
  const chosen = readChosen(storage);
  let current = applied();

  function applied(): readonly Command[] {
    const changed = own.flatMap((command) => {
      const theirs = chosen.get(command.name);
      // The browser's own event does what the keys mean that it has; other keys are ours.
      return theirs === undefined ? [] : [{ ...command, keys: theirs, byBrowser: false }];
    });
    return [...changed, ...own.filter(({ name }) => !chosen.has(name))];
  }

  function keep(): void {
    current = applied();
    try {
      if (chosen.size === 0) storage?.removeItem(KEY_STORAGE);
      else storage?.setItem(KEY_STORAGE, JSON.stringify(Object.fromEntries(chosen)));
    } catch {
      // A browser that keeps nothing has them until the page is closed.
    }
    onChange();
  }

  return {
    get commands() {
      return current;
    },
    set(name, next) {
      if (!own.some((command) => command.name === name))
        throw new RangeError(`There is no command '${name}'.`);
      if (next === null) chosen.delete(name);
      else chosen.set(name, [...next]);
      keep();
    },
    reset() {
      chosen.clear();
      keep();
    },
  };
}

/** What is kept, as far as it makes sense: anybody can write into a browser's storage. */
function readChosen(storage: KeyStorage | null): Map<string, readonly string[]> {
  const chosen = new Map<string, readonly string[]>();
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY_STORAGE) ?? '{}');
    for (const [name, keys] of Object.entries(kept ?? {})) if (areKeys(keys)) chosen.set(name, keys);
  } catch {
    // What is damaged is as good as nothing.
  }
  return chosen;
}

function areKeys(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_KEYS &&
    value.every((key) => typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY)
  );
}

/** The storage of a window, which some browsers refuse by throwing. */
export function storageOf(window: Window): KeyStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
