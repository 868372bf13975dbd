import { ImageError } from './image-error.js';
import { HEADER_LENGTH, imageFacts } from './image-type.js';

/**
 * Finds the picture behind the source of an image element: its bytes, or an address to fetch them from (`https:`,
 * `blob:`, `data:image/…`, or one of the page's own origin). Rejects where there is none.
 */
export type ResolveImage = (source: string) => Promise<Blob | string> | Blob | string;

export interface ImageSourceOptions {
  /** Default: the source is the address. */
  readonly resolveImage?: ResolveImage | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** How long a server may take, and whoever says what a source means. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** What relative addresses are relative to. Default: the page. */
  readonly base?: string | undefined;
}

/** The bytes of a picture, with the type that they really have. */
export interface ImageFile {
  readonly blob: Blob;
  readonly type: string;
}

const LONGEST_WAIT = 30_000;
/** Larger files than this, in bytes, are not taken in. */
const LARGEST_FILE = 64 * 1024 * 1024;
/** More pixels than this are not decoded: they take four bytes each while they are. */
const MOST_PIXELS = 100_000_000;

/**
 * Fetches the picture of an image element. Rejects with {@link ImageError}: nothing is opened but `https:`, `blob:`,
 * `data:image/…` and addresses of the page's own origin, so that no drawing makes a page call `javascript:` or `file:`.
 */
export async function fetchImage(source: string, options: ImageSourceOptions = {}): Promise<ImageFile> {
  const { resolveImage = (address: string) => address, timeoutMs = LONGEST_WAIT } = options;
  const resolved = await reach(source, () => within(timeoutMs, (async () => resolveImage(source))()));
  const blob = typeof resolved === 'string' ? await openAddress(resolved, options) : resolved;
  if (blob.size > LARGEST_FILE) {
    throw new ImageError('too-large', `The picture has ${blob.size} bytes, more than ${LARGEST_FILE}.`);
  }
  const header = new Uint8Array(await reach(source, () => blob.slice(0, HEADER_LENGTH).arrayBuffer()));
  const facts = imageFacts(header);
  if (facts === null) throw new ImageError('undecodable', 'What is at this address is no picture.');
  if (facts.size !== null && facts.size[0] * facts.size[1] > MOST_PIXELS) {
    throw new ImageError(
      'too-large',
      `The picture has ${facts.size.join(' × ')} pixels, more than ${MOST_PIXELS}.`,
    );
  }
  return { blob: blob.type === facts.type ? blob : blob.slice(0, blob.size, facts.type), type: facts.type };
}

async function openAddress(
  address: string,
  { fetch = globalThis.fetch, timeoutMs = LONGEST_WAIT, base }: ImageSourceOptions,
): Promise<Blob> {
  if (/^data:/i.test(address)) return decodeDataUrl(address);
  const url = checkedUrl(address, base ?? globalThis.location?.href);
  const response = await reach(address, () =>
    fetch(url.href, { credentials: 'same-origin', signal: AbortSignal.timeout(timeoutMs) }),
  );
  if (!response.ok) {
    throw new ImageError('unreachable', `The server answered ${response.status} instead of a picture.`);
  }
  return reach(address, () => response.blob());
}

function checkedUrl(address: string, base: string | undefined): URL {
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    throw new ImageError('refused', 'The source of the picture is no address.');
  }
  const isOwn = base !== undefined && url.origin !== 'null' && url.origin === new URL(base).origin;
  if (url.protocol === 'https:' || url.protocol === 'blob:' || isOwn) return url;
  throw new ImageError('refused', `Pictures are not fetched from ${url.protocol} addresses.`);
}

/** By hand and not by `fetch`, which a content security policy would have to allow for `data:`. */
function decodeDataUrl(address: string): Blob {
  const [, type, base64, data] =
    /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (type === undefined || data === undefined) {
    throw new ImageError('refused', 'A data: address must hold a picture: data:image/….');
  }
  try {
    const text = decodeURIComponent(data);
    const bytes = base64 === undefined ? new TextEncoder().encode(text) : fromBase64(text);
    return new Blob([bytes], { type });
  } catch {
    throw new ImageError('undecodable', 'The data: address of the picture is damaged.');
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

/** Others wait for their turn behind what never ends. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`there was no answer in ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Whatever a network or an app rejects with, as an error of ours. */
async function reach<T>(source: string, get: () => Promise<T>): Promise<T> {
  try {
    return await get();
  } catch (cause) {
    if (cause instanceof ImageError) throw cause;
    const name = source.length > 100 ? `${source.slice(0, 100)}…` : source;
    throw new ImageError('unreachable', `The picture ${name} cannot be fetched: ${(cause as Error).message}`);
  }
}
