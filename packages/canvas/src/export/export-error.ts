/** Why there is no picture or no board. */
export type ExportErrorCode =
  /** The picture would have more pixels than browsers can make. */
  | 'too-large'
  /** This browser has no canvas to paint on. */
  | 'unsupported'
  /** The file is no picture with a board in it, or is damaged. */
  | 'format';

export class ExportError extends Error {
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode, message: string) {
    super(message);
    this.name = 'ExportError';
    this.code = code;
  }
}
