import type { AppendAnswer } from '@inkwire/core';

/** What went wrong between this page and the server or Pusher: a stable `code`, and a sentence that says what to do. */
export class TransportError extends Error {
  readonly code: string;
  /** The HTTP status that came with it; 0 when there was no answer. */
  readonly status: number;
  /** The least wait before another try in ms, where the server named one. */
  readonly retryAfterMs: number;
  /** What an append took before the entry that was refused. */
  readonly answer: AppendAnswer | null;

  constructor(
    code: string,
    message: string,
    details: { status?: number; retryAfterMs?: number; answer?: AppendAnswer | null; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.retryAfterMs = details.retryAfterMs ?? 0;
    this.answer = details.answer ?? null;
    this.name = 'TransportError';
  }
}

/** Whether a request may go better another time, without anybody doing anything. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof TransportError &&
  (error.code === 'unreachable' || error.status === 408 || error.status === 429 || error.status >= 500);

/** The same error, or what was thrown instead of one. */
export const toTransportError = (error: unknown): TransportError =>
  error instanceof TransportError
    ? error
    : new TransportError('internal', `Something unforeseen failed: ${String(error)}`, { cause: error });
