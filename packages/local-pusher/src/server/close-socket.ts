import type { WebSocket } from 'ws';
import type { CloseReason } from '../protocol/close-code.js';
import { encodeError } from '../protocol/message.js';

/** Before protocol 6 clients learnt from an error event why they were closed, not from the close code. */
const FIRST_PROTOCOL_WITH_CLOSE_CODES = 6;

export function closeSocket(webSocket: WebSocket, { code, reason }: CloseReason, protocol: number): void {
  if (protocol < FIRST_PROTOCOL_WITH_CLOSE_CODES) {
    webSocket.send(encodeError(reason, code), { binary: false }, () => {});
  }
  webSocket.close(code, reason);
}
