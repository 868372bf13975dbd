import type { WebSocket } from 'ws';
import type { CloseReason } from '../protocol/close-code.js';
import { encodeError } from '../protocol/message.js';

/** Before protocol 6 clients learnt from an error event why they were closed, not from the close code. */
const FIRST_PROTOCOL_WITH_CLOSE_CODES = 6;

/** Codes that no closing handshake carries: clients report them of a handshake without a code, and of none at all. */
const NO_CODE = 1005;
const NO_HANDSHAKE = 1006;

/** Ends a socket so that its client sees `code`. */
export function endSocket(webSocket: WebSocket, { code, reason }: CloseReason): void {
  if (code === NO_HANDSHAKE) webSocket.terminate();
  else if (code === NO_CODE) webSocket.close();
  else webSocket.close(code, reason);
}

/** Ends a socket and says why, in the way that the client's protocol has for it. */
export function closeSocket(webSocket: WebSocket, why: CloseReason, protocol: number): void {
  if (protocol < FIRST_PROTOCOL_WITH_CLOSE_CODES) {
    webSocket.send(encodeError(why.reason, why.code), { binary: false }, () => {});
  }
  endSocket(webSocket, why);
}
