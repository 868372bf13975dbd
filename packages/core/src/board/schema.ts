import type { Layout } from './layout.js';

/**
 * The form of documents that this program writes (D12): 1 was the form with births of format 1 alone, which are still
 * read; the first change committed to a document makes it 2.
 */
export const SCHEMA = 2;

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
