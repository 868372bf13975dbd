/**
 * What was made with effort, as long as all of it together is not too large: what was not used for longest goes first, and
 * what is used now stays however large it is.
 */
export interface BoundedCache<Key, Value> {
  get(key: Key): Value | undefined;
  /** @param bytes about what `value` takes. */
  set(key: Key, value: Value, bytes: number): void;
  clear(): void;
}

export function createBoundedCache<Key, Value>(mostBytes: number): BoundedCache<Key, Value> {
  // In the order of their last use. No WeakMap: with very many keys, every collection of garbage would go through them.
  const kept = new Map<Key, { readonly value: Value; readonly bytes: number }>();
  let used = 0;

  function drop(key: Key): void {
    used -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get(key) {
      const known = kept.get(key);
      if (known === undefined) return undefined;
      kept.delete(key);
      kept.set(key, known);
      return known.value;
    },
    set(key, value, bytes) {
      drop(key);
      kept.set(key, { value, bytes });
      used += bytes;
      for (const oldest of kept.keys()) {
        if (used <= mostBytes || oldest === key) return;
        drop(oldest);
      }
    },
    clear() {
      kept.clear();
      used = 0;
    },
  };
}
