import type { Connection, PoolClient } from 'pg';
import { type BinaryRow, readBinaryRow } from './binary-row.js';
import type { Statement } from './database.js';

/** What stands before the first row: a signature of 11 bytes, flags, and the length of an extension that nothing uses yet. */
const HEADER_BYTES = 19;

/**
 * The rows of a statement by COPY, the one way on which node-postgres leaves bytes what they are: it takes the values of all
 * other answers for text, so that bytes have to be made text by the server and bytes again here, at several times the cost.
 *
 * COPY takes no parameters, so the values, which are whole numbers, are written into the statement.
 */
export const copyRows = (
  client: PoolClient,
  { sql }: Statement,
  values: readonly number[],
): Promise<BinaryRow[]> =>
  new Promise((resolve, reject) => {
    const text = `copy (${withNumbers(sql, values)}) to stdout (format binary)`;
    const rows: BinaryRow[] = [];
    let isFirst = true;
    const query = {
      // The library calls this, too, when the answer takes too long, and ends its clock when it is called.
      callback: (error: Error | null): void => (error ? reject(error) : resolve(rows)),
      submit: (connection: Connection) => connection.query(text),
      /** Each message is one row; the first has the header before it, and the last is the mark of the end. */
      handleCopyData({ chunk }: { readonly chunk: Buffer }) {
        const start = isFirst ? HEADER_BYTES : 0;
        isFirst = false;
        if (chunk.length <= start || chunk.readInt16BE(start) < 0) return;
        // Copied, since the connection goes on to use the memory.
        rows.push(readBinaryRow(Buffer.from(chunk), start));
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => query.callback(null),
      handleError: (error: Error) => query.callback(error),
    };
    client.query(query);
  });

const withNumbers = (sql: string, values: readonly number[]): string =>
  sql.replace(/\$(\d+)/g, (_parameter, place: string) => {
    const value = values[Number(place) - 1];
    if (!Number.isSafeInteger(value)) throw new TypeError(`Parameter ${place} must be a whole number.`);
    return String(value);
  });
