/** What can be wrong with the options of a server, its start, or a fault. */
export type LocalPusherErrorCode = 'invalid-option' | 'invalid-fault' | 'address-in-use' | 'cannot-listen';

export class LocalPusherError extends Error {
  override readonly name = 'LocalPusherError';
  readonly code: LocalPusherErrorCode;

  constructor(code: LocalPusherErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
