/** What went wrong with a board, for the program. */
export type ErrorCode =
  /** Bytes that claim to be ink are not. */
  | 'ink'
  /** Bytes or JSON that claim to be a change are not. */
  | 'change'
  /** A file or JSON that claims to be a board is not. */
  | 'board'
  /** The board may only be read here. */
  | 'read-only';

/** Input from outside that cannot be used, or a board that cannot be changed. */
export class InkwireError extends Error {
  readonly code: ErrorCode;
  /** The part of the input that is wrong, where one can be named. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, field?: string) {
    super(message);
    this.name = 'InkwireError';
    this.code = code;
    this.field = field;
  }
}
