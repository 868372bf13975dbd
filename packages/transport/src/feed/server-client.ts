import {
  type AppendAnswer,
  type DigestAnswer,
  decodeLog,
  type Entry,
  type EventsAnswer,
  encodeAppend,
  type JoinAnswer,
  type JoinRequest,
  type LogPart,
  type Sequence,
  WireError,
} from '@inkwire/core';
import type { Clock } from '../clock.js';
import type { ChannelAuthorization, UserAuthentication } from '../connection/pusher-client.js';
import { TransportError } from '../transport-error.js';

export interface ServerClientOptions {
  /** Base address of the Inkwire server, e.g. `/inkwire`; relative ones only in a browser. */
  readonly server: string | URL;
  /** The app's credentials, asked for on every request (R3). */
  readonly headers?: () => Record<string, string> | Promise<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** The HTTP routes of one server, typed. Every method rejects with a {@link TransportError}. */
export interface ServerClient {
  join(channel: string, request: JoinRequest): Promise<JoinAnswer>;
  /** @param final whether the page is about to end: the request then outlives it. */
  append(channel: string, entries: readonly Entry[], final?: boolean): Promise<AppendAnswer>;
  /** The log after `after`; `epoch` is the history that this counts in. */
  read(channel: string, after: Sequence, epoch: string): AsyncGenerator<LogPart, void, void>;
  authorize(channel: string, socketId: string): Promise<ChannelAuthorization>;
  signIn(socketId: string): Promise<UserAuthentication>;
  /** The workspace events after `after`, as many as one answer has. */
  events(channel: string, after: Sequence): Promise<EventsAnswer>;
  /** Gives up what is under way. */
  close(): void;
  /** What a document that holds the whole log must look like. */
  digest(channel: string): Promise<DigestAnswer>;
}

const ANSWER_TIMEOUT_MS = 5_000;

/** A long read may take its time, as long as it goes on arriving. */
const READ_IDLE_TIMEOUT_MS = 15_000;

const isAnswer = (value: unknown): value is AppendAnswer =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as AppendAnswer).epoch === 'string' &&
  Array.isArray((value as AppendAnswer).entries);

const refusal = async (response: Response): Promise<TransportError> => {
  const body: unknown = await response.json().catch(() => null);
  const { code, message } = ((body as { error?: { code?: unknown; message?: unknown } } | null)?.error ??
    {}) as { code?: unknown; message?: unknown };
  return new TransportError(
    typeof code === 'string' ? code : `http_${response.status}`,
    typeof message === 'string' ? message : `The server answered ${response.status} without a reason.`,
    {
      status: response.status,
      retryAfterMs: (Number(response.headers.get('retry-after')) || 0) * 1_000,
      answer: isAnswer(body) ? body : null,
    },
  );
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new TransportError('answer', 'The server answered with something that is not JSON.', { cause });
  }
};

async function* chunksOf(body: ReadableStream<Uint8Array>, onChunk: () => void): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      onChunk();
      yield part.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

export const createServerClient = (options: ServerClientOptions): ServerClient => {
  const { headers, fetch, clock } = options;
  const base = String(options.server).replace(/\/+$/, '');

  const underWay = new Set<AbortController>();

  /** An abort signal that fires after a time without {@link renew}, or when the client is closed. */
  const timeout = (ms: number): { signal: AbortSignal; renew: () => void; stop: () => void } => {
    const controller = new AbortController();
    underWay.add(controller);
    let stop = clock.after(ms, () => controller.abort());
    return {
      signal: controller.signal,
      renew: () => {
        stop();
        stop = clock.after(ms, () => controller.abort());
      },
      stop: () => {
        underWay.delete(controller);
        stop();
      },
    };
  };

  const request = async (path: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
    let response: Response;
    try {
      const credentials = await headers?.();
      response = await fetch(`${base}${path}`, {
        ...init,
        signal,
        headers: { ...credentials, ...(init.headers as Record<string, string> | undefined) },
      });
    } catch (cause) {
      throw new TransportError('unreachable', `The Inkwire server at ${base} cannot be reached.`, { cause });
    }
    if (!response.ok) throw await refusal(response);
    return response;
  };

  const json = async <T>(path: string, init: RequestInit): Promise<T> => {
    const limit = timeout(ANSWER_TIMEOUT_MS);
    try {
      const response = await request(path, init, limit.signal);
      const body = await response.text().catch((cause: unknown) => {
        throw new TransportError('unreachable', 'The connection to the server broke during an answer.', {
          cause,
        });
      });
      return parsed(body) as T;
    } finally {
      limit.stop();
    }
  };

  const form = <T>(path: string, fields: Record<string, string>): Promise<T> =>
    json(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });

  const route = (channel: string, name: string): string => `/channels/${encodeURIComponent(channel)}/${name}`;

  return {
    join: (channel, body) =>
      json(route(channel, 'sessions'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    append: (channel, entries, final = false) =>
      json(route(channel, 'entries'), {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: encodeAppend(entries),
        keepalive: final,
      }),
    authorize: (channel, socketId) => form('/pusher/auth', { socket_id: socketId, channel_name: channel }),
    signIn: (socketId) => form('/pusher/user-auth', { socket_id: socketId }),
    close: () => {
      for (const controller of underWay) controller.abort();
    },
    events: (channel, after) => json(`${route(channel, 'events')}?after=${after}`, {}),
    digest: (channel) => json(route(channel, 'digest'), {}),
    read: async function* (channel, after, epoch) {
      const limit = timeout(READ_IDLE_TIMEOUT_MS);
      try {
        const query = new URLSearchParams({ after: String(after), ...(epoch === '' ? {} : { epoch }) });
        const response = await request(`${route(channel, 'entries')}?${query}`, {}, limit.signal);
        if (!response.body) throw new TransportError('answer', 'The server answered a read without a body.');
        yield* decodeLog(chunksOf(response.body, limit.renew));
      } catch (cause) {
        if (cause instanceof TransportError) throw cause;
        if (cause instanceof WireError) throw new TransportError('answer', cause.message, { cause });
        throw new TransportError('unreachable', 'The connection to the server broke during a read.', {
          cause,
        });
      } finally {
        limit.stop();
      }
    },
  };
};
