import type { Refusal } from '@inkwire/core';

/** Why a request was not served, in words and in a form that a program can act on. */
export type RefusalCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'unknown_channel'
  | 'not_found'
  | 'bad_request'
  | 'too_large'
  | 'undecodable'
  | 'seal'
  | 'session_unknown'
  | 'session_taken'
  | 'client_taken'
  | 'event_taken'
  | 'gap'
  | 'causes_missing'
  | 'rate'
  | 'board_full'
  | 'unavailable';

const STATUS: Record<RefusalCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  unknown_channel: 404,
  not_found: 404,
  bad_request: 400,
  too_large: 413,
  undecodable: 422,
  seal: 403,
  session_unknown: 403,
  session_taken: 403,
  client_taken: 409,
  event_taken: 409,
  gap: 409,
  causes_missing: 409,
  rate: 429,
  board_full: 429,
  unavailable: 503,
};

/** The HTTP status that goes with a code. */
export const statusOf = (code: RefusalCode): number => STATUS[code];

/** What a refusal may say beside its code and sentence. */
export interface RefusalDetails {
  /** With `rate`, `board_full` and `unavailable`: when to ask again. */
  readonly retryAfterSeconds?: number;
  /** With `gap`: the number that the log expects next of this session. */
  readonly expected?: number;
  /** With `causes_missing`: `[clientID, clock]` that have to be in the log first. */
  readonly missing?: readonly (readonly [client: number, clock: number])[];
}

/** A request that breaks a rule; it becomes a 4xx (or, for `unavailable`, 503) answer with a JSON body. */
export class InkwireRefusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.name = 'InkwireRefusal';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statusOf(this.code);
  }

  /** What goes over the wire: code, sentence and the details that a client acts on. */
  toJSON(): Refusal & Pick<RefusalDetails, 'expected' | 'missing'> {
    const { expected, missing } = this.details;
    return {
      code: this.code,
      message: this.message,
      ...(expected === undefined ? {} : { expected }),
      ...(missing === undefined ? {} : { missing }),
    };
  }
}

/** Options that the server cannot start with. */
export class InkwireConfigError extends Error {
  readonly code = 'config';
  /** The option that is wrong. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'InkwireConfigError';
    this.field = field;
  }
}
