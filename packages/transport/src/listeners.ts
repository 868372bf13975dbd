/** Listeners by event; `Events` maps an event's name to what its listeners are given. */
export interface Listeners<Events> {
  on<Name extends keyof Events>(event: Name, listener: (value: Events[Name]) => void): () => void;
  emit<Name extends keyof Events>(event: Name, value: Events[Name]): void;
  clear(): void;
}

export const createListeners = <Events>(): Listeners<Events> => {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    on: (event, listener) => {
      const of = listeners.get(event) ?? new Set();
      listeners.set(event, of);
      of.add(listener);
      return () => of.delete(listener);
    },
    emit: (event, value) => {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(value as never);
    },
    clear: () => listeners.clear(),
  };
};
