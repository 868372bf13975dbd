import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { App } from './app.js';

/** HMAC-SHA256 of `text` with `secret`, in hex: the only signature in Channels. */
export function sign(secret: string, text: string | Buffer): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

export function verify(secret: string, text: string | Buffer, signature: string): boolean {
  const expected = Buffer.from(sign(secret, text));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** Whether `auth` is `<key>:<signature of text>`, as the auth endpoint of this app would have given it. */
export function verifyAuth(app: Pick<App, 'key' | 'secret'>, text: string, auth: unknown): boolean {
  const prefix = `${app.key}:`;
  return (
    typeof auth === 'string' && auth.startsWith(prefix) && verify(app.secret, text, auth.slice(prefix.length))
  );
}

/** What is signed to subscribe to a private channel or, with `channelData`, to a presence channel. */
export function channelText(socketId: string, channel: string, channelData?: string): string {
  return channelData === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`;
}

/** What is signed to sign a user in. */
export function userText(socketId: string, userData: string): string {
  return `${socketId}::user::${userData}`;
}

/**
 * What is signed in an HTTP request: method, path and query, the query sorted by its lower-case keys and not escaped.
 *
 * Source: "Generating authentication signatures" of the HTTP API reference.
 */
export function requestText(
  method: string,
  path: string,
  query: Iterable<readonly [key: string, value: string]>,
): string {
  const pairs = [...query]
    .map(([key, value]) => [key.toLowerCase(), value] as const)
    .filter(([key]) => key !== 'auth_signature')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return [method.toUpperCase(), path, pairs.map(([key, value]) => `${key}=${value}`).join('&')].join('\n');
}

export function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}
