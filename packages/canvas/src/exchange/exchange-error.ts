/** Why nothing could be taken in. */
export type ExchangeErrorCode =
  /** It is not what it claims to be, or damaged. */
  | 'format'
  /** It is larger than a board can take in at once. */
  | 'too-large'
  /** It is of a sort that boards cannot hold. */
  | 'unsupported'
  /** The browser or the app did not hand out what was asked for. */
  | 'refused';

/** Something from outside that cannot be put on a board. The board is as it was. */
export class ExchangeError extends Error {
  readonly code: ExchangeErrorCode;
  /** The part of the input that is wrong, where one can be named. */
  readonly field: string | undefined;

  constructor(code: ExchangeErrorCode, message: string, field?: string) {
    super(message);
    this.name = 'ExchangeError';
    this.code = code;
    this.field = field;
  }
}
