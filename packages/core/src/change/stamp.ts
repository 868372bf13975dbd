/**
 * When a register was written, by a hybrid logical clock (D4): milliseconds since the epoch, or one more than the
 * newest stamp its writer had seen, if that is greater.
 */
export type Stamp = number & { readonly __stamp: unique symbol };

/**
 * No stamp is greater, so that there is always a next number to write down. A forged stamp that reaches it can tie
 * with later writes, which greater writers then win; it cannot make anything throw.
 */
export const MAX_STAMP = (2 ** 48 - 1) as Stamp;

/** The stamp before every write. */
export const NO_STAMP = 0 as Stamp;

export const isStamp = (value: unknown): value is Stamp =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_STAMP;

export const nextStamp = (lastSeen: Stamp, now: number): Stamp =>
  Math.min(Math.max(Math.floor(now), lastSeen + 1), MAX_STAMP) as Stamp;
