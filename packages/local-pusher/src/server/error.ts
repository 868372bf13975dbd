/** What can be wrong with the options of a server, or with its start. */
export type LocalPusherErrorCode = 'invalid-option' | 'address-in-use' | 'cannot-listen';

export class LocalPusherError extends Error {
  override readonly name = 'LocalPusherError';
  readonly code: LocalPusherErrorCode;

  constructor(code: LocalPusherErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
