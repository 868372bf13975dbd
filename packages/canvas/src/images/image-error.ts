/** Why a picture cannot be shown. */
export type ImageErrorCode =
  /** Its address is of a kind that is not opened. */
  | 'refused'
  /** It cannot be fetched: no network, no such file, or a server that does not share it with this page (CORS). */
  | 'unreachable'
  /** What is there is no picture that this browser can decode. */
  | 'undecodable'
  /** It has more bytes or pixels than are taken in. */
  | 'too-large';

export class ImageError extends Error {
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string) {
    super(message);
    this.name = 'ImageError';
    this.code = code;
  }
}
