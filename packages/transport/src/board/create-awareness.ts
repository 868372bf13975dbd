import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

export interface OwnAwareness {
  readonly awareness: Awareness;
  /** Ends it and leaves nothing at the document. */
  end(): void;
}

/** y-protocols never takes away the listener by which an Awareness hears that its document ends. */
export const createAwareness = (doc: Y.Doc): OwnAwareness => {
  const listeners = () => [...(doc._observers.get('destroy') ?? [])];
  const before = listeners();
  const awareness = new Awareness(doc);
  const added = listeners().filter((listener) => !before.includes(listener));
  return {
    awareness,
    end: () => {
      awareness.destroy();
      for (const listener of added) doc.off('destroy', listener);
    },
  };
};
