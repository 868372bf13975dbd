import type { SqlValue } from './database.js';

/** A value as PostgreSQL reads it: bytes as they are, everything else as text. */
export const literalOf = (value: SqlValue): string | Uint8Array | null => {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'object') return `{${elementsOf(value)}}`;
  return String(value);
};

const elementsOf = (values: readonly string[] | readonly number[]): string =>
  typeof values[0] === 'string'
    ? (values as readonly string[]).map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join()
    : values.join();
