/** The values of a row as the database has them: bytea as its bytes, bigint big-endian, text in UTF-8; null for none. */
export type BinaryRow = readonly (Buffer | null)[];

/**
 * Reads the row that begins at `start`: the number of its values as int16, then of each its length as int32, -1 for null,
 * and its bytes, which are shared with `bytes`. So rows look in a binary COPY and in the messages of a query alike.
 */
export const readBinaryRow = (bytes: Buffer, start: number): BinaryRow => {
  const values: (Buffer | null)[] = [];
  let position = start + 2;
  for (let left = bytes.readInt16BE(start); left > 0; left -= 1) {
    const length = bytes.readInt32BE(position);
    position += 4;
    if (length < 0) values.push(null);
    else {
      values.push(bytes.subarray(position, position + length));
      position += length;
    }
  }
  return values;
};
