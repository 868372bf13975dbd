/** Names an element of a board: 12 base-62 characters, about 71 random bits. */
export type ElementId = string & { readonly __elementId: unique symbol };

/** Fills a new array with that many cryptographically random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PATTERN = /^[0-9A-Za-z]{12}$/;

export const ELEMENT_ID_LENGTH = 12;

/** Asking the platform costs far more than the few bytes of an id: it is asked for this many at once. */
const POOL = 4096;
let pool = new Uint8Array(0);

/** Random bytes of the platform: the same in Node, browsers and workers. None is handed out twice. */
export const systemRandom: RandomBytes = (length) => {
  if (length > pool.length) {
    // `crypto` is global on every platform, but only the DOM's types say so.
    const { crypto } = globalThis as unknown as { crypto: { getRandomValues(array: Uint8Array): void } };
    pool = new Uint8Array(Math.max(POOL, length));
    crypto.getRandomValues(pool);
  }
  const bytes = pool.slice(0, length);
  pool = pool.subarray(length);
  return bytes;
};

/** `length` random base-62 characters, each equally likely. */
export const randomText = (length: number, random: RandomBytes): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length - text.length)) {
      // 248 is the largest multiple of 62 in a byte: taking the rest modulo 62 would favour its start.
      if (byte < 248) text += ALPHABET[byte % 62];
    }
  }
  return text;
};

export const newElementId = (random: RandomBytes = systemRandom): ElementId =>
  randomText(ELEMENT_ID_LENGTH, random) as ElementId;

export const isElementId = (value: unknown): value is ElementId =>
  typeof value === 'string' && PATTERN.test(value);
