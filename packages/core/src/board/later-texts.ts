import type * as Y from 'yjs';
import { type ElementId, isElementId } from '../element/id.js';
import type { Layout } from './layout.js';

/** The texts of elements that were born without one, as a document's transactions touch them. */
export interface LaterTexts {
  /** Whose text a transaction wrote in. */
  changed(transaction: Y.Transaction): readonly ElementId[];
}

type Type = Y.AbstractType<Y.YEvent<never>>;

const NOBODY: readonly ElementId[] = [];

export const createLaterTexts = ({ doc, births, registers, texts, meta }: Layout): LaterTexts => {
  const known = new Map<unknown, string>();
  const maps = new Set<unknown>([births, registers, texts, meta]);

  /** Yjs does not tell a root its name. */
  const nameOf = (type: Type): string | undefined => {
    if (!known.has(type)) for (const [name, root] of doc.share) known.set(root, name);
    // Whoever asked for the text in the meantime made another object of it, which holds the same pieces.
    return known.get(type) ?? known.get(type._start?.parent);
  };

  return {
    changed(transaction) {
      const ids: ElementId[] = [];
      for (const type of transaction.changed.keys() as Iterable<unknown> as Iterable<Type>) {
        if (type._item !== null || maps.has(type)) continue;
        const name = nameOf(type);
        if (isElementId(name)) ids.push(name);
      }
      return ids.length === 0 ? NOBODY : ids;
    },
  };
};
