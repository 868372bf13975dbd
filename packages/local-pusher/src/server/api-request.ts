import type { IncomingMessage } from 'node:http';
import { isRecord, parseJson } from '../protocol/message.js';

/** An HTTP request with its body read. */
export interface ApiRequest {
  method: string;
  /** As it came, escapes included: this is what clients sign. */
  path: string;
  /** Decoded path segments. */
  segments: string[];
  query: [key: string, value: string][];
  body: Buffer;
}

/** The request, or `undefined` when its body is longer than `mostBytes`. */
export async function readRequest(
  message: IncomingMessage,
  mostBytes: number,
): Promise<ApiRequest | undefined> {
  const body = await readBody(message, mostBytes);
  if (body === undefined) return undefined;
  const address = message.url ?? '/';
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  return {
    method: message.method ?? 'GET',
    path,
    segments: path.split('/').filter(Boolean).map(decode),
    query: mark < 0 ? [] : parseQuery(address.slice(mark + 1)),
    body,
  };
}

/** What the request asks for: its JSON body or, without a body, its query. */
export function parameters(request: ApiRequest): Record<string, unknown> | undefined {
  if (request.body.length > 0) {
    const value = parseJson(request.body.toString());
    return isRecord(value) ? value : undefined;
  }
  const values: Record<string, unknown> = Object.fromEntries(
    request.query.filter(([key]) => !key.endsWith('[]')),
  );
  const channels = request.query.filter(([key]) => key === 'channels[]').map(([, value]) => value);
  return channels.length > 0 ? { ...values, channels } : values;
}

export function queryValue(request: ApiRequest, key: string): string | undefined {
  return request.query.find(([name]) => name === key)?.[1];
}

async function readBody(message: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseQuery(search: string): [string, string][] {
  return search
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const mark = pair.indexOf('=');
      return mark < 0 ? [decode(pair), ''] : [decode(pair.slice(0, mark)), decode(pair.slice(mark + 1))];
    });
}

/** Unlike form data, a signed query keeps its plus signs. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
