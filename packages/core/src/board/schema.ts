import type { Layout } from './layout.js';

/**
 * The form of documents that this program writes (D12). All earlier ones are read, and the first change committed to such
 * a document gives it this form: 1 had births of format 1 alone, 2 had removals that did not say what they had seen, 3 had lines
 * without texts.
 */
export const SCHEMA = 4;

const KEY = 'schema';

/** The form that a document says it has; one that says nothing, or nonsense, has the first. */
export const schemaOf = ({ meta }: Layout): number => {
  const schema = meta.get(KEY);
  return typeof schema === 'number' && Number.isInteger(schema) && schema > 0 ? schema : 1;
};

/** Says that the document has this program's form; inside a transaction of the caller's. */
export const writeSchema = (layout: Layout): void => {
  if (schemaOf(layout) < SCHEMA) layout.meta.set(KEY, SCHEMA);
};
