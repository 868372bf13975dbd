/** Bytes or values that break the form of a message between clients and the server. */
export class WireError extends Error {
  readonly code = 'wire';
  /** The part of the message that is wrong. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
    this.name = 'WireError';
  }
}

/**
 * Runs a decoder over bytes from outside: whatever it throws (lib0 throws plain errors at the end of its input)
 * becomes a {@link WireError}, and so do bytes that are left over.
 */
export const decodeWhole = <T>(
  field: string,
  decoder: { arr: Uint8Array; pos: number },
  read: () => T,
): T => {
  let value: T;
  try {
    value = read();
  } catch (cause) {
    if (cause instanceof WireError) throw cause;
    throw new WireError(field, `These bytes are not a ${field}: ${(cause as Error).message}`);
  }
  if (decoder.pos !== decoder.arr.length) throw new WireError(field, `A ${field} ends before its bytes do.`);
  return value;
};
