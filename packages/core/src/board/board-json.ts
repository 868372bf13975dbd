import { InkwireError } from '../inkwire-error.js';
import type { Board } from './board.js';
import { SCHEMA } from './schema.js';
import { checkStored, type StoredElement } from './stored-element.js';

/** What can be seen of a board, as JSON: a file of it. */
export interface BoardJson {
  readonly type: 'inkwire';
  readonly schema: number;
  /** In paint order. */
  readonly elements: readonly StoredElement[];
}

export const boardToJson = (board: Board): BoardJson => ({
  type: 'inkwire',
  schema: SCHEMA,
  elements: [...board.elements()].flatMap(({ id }) => board.store(id) ?? []),
});

/**
 * The elements of a file, checked, ready to be pasted. Throws `InkwireError` with code `board` that names what is wrong,
 * or says that a newer program wrote it.
 */
export const boardFromJson = (json: unknown): readonly StoredElement[] => {
  const { type, schema, elements } = (typeof json === 'object' && json !== null ? json : {}) as Record<
    string,
    unknown
  >;
  if (type !== 'inkwire')
    throw new InkwireError('board', 'This is not a board: type must be "inkwire".', 'type');
  if (!Number.isSafeInteger(schema)) {
    throw new InkwireError('board', 'This is not a board: schema must be a whole number.', 'schema');
  }
  if ((schema as number) > SCHEMA) {
    throw new InkwireError(
      'board',
      `A newer version of the program wrote this board (schema ${schema}).`,
      'schema',
    );
  }
  if (!Array.isArray(elements)) {
    throw new InkwireError('board', 'This is not a board: elements must be a list.', 'elements');
  }
  const checked = elements.map((element, index) => checkStored(element, `elements[${index}]`));
  if (new Set(checked.map(({ id }) => id)).size < checked.length) {
    throw new InkwireError('board', 'This is not a board: two elements have one id.', 'elements');
  }
  return checked;
};
