import { type RawData, WebSocket } from 'ws';
import { CLOSE } from '../protocol/close-code.js';
import {
  type ClientMessage,
  commandData,
  encodeError,
  encodeMessage,
  type Frame,
  parseMessage,
} from '../protocol/message.js';
import type { AppState } from './app-state.js';
import { relayClientEvent } from './client-event.js';
import type { Connection } from './connection.js';
import { createRate } from './rate.js';
import { type Refusal, refusal } from './refusal.js';
import { subscribe } from './subscribe.js';

const PONG = encodeMessage({ event: 'pusher:pong', data: '{}' });
const PING = encodeMessage({ event: 'pusher:ping', data: '{}' });

/** Runs one WebSocket connection of an app from its handshake to its end. */
export function runSocket(state: AppState, webSocket: WebSocket, socketId: string): Connection {
  const { clock, limits, meter } = state;
  let lastHeard = clock.now();
  let stopTimer = clock.after(limits.activityTimeoutSeconds * 1_000, checkActivity);

  const connection: Connection = {
    socketId,
    joined: new Set(),
    user: undefined,
    clientEvents: createRate(limits.clientEventsPerSecond, clock),
    send(frame) {
      sendFrame(webSocket, frame, limits.bufferedBytes);
    },
    close({ code, reason }) {
      release();
      webSocket.close(code, reason);
    },
  };

  function receive(raw: RawData, isBinary: boolean): void {
    if (!state.connections.has(socketId)) return;
    lastHeard = clock.now();
    if (isBinary) {
      connection.close(CLOSE.unsupportedData);
      return;
    }
    const message = parseMessage(String(raw));
    const refused = message
      ? answer(message)
      : refusal('A message must be a JSON object with the name of an event');
    if (refused !== undefined) connection.send(encodeError(refused.message, refused.code));
  }

  function answer(message: ClientMessage): Refusal | undefined {
    switch (message.event) {
      case 'pusher:ping':
        connection.send(PONG);
        return undefined;
      case 'pusher:pong':
        return undefined;
      case 'pusher:subscribe':
        return subscribe(state, connection, commandData(message.data));
      case 'pusher:unsubscribe':
        state.channels.leave(connection, String(commandData(message.data).channel));
        return undefined;
      default:
        return message.event.startsWith('client-')
          ? relayClientEvent(state, connection, message)
          : refusal(`Unsupported event received on socket: '${message.event.slice(0, 200)}'`);
    }
  }

  function checkActivity(): void {
    const idleMs = clock.now() - lastHeard;
    const timeoutMs = limits.activityTimeoutSeconds * 1_000;
    if (idleMs < timeoutMs) {
      stopTimer = clock.after(timeoutMs - idleMs, checkActivity);
      return;
    }
    const pingedAt = clock.now();
    connection.send(PING);
    stopTimer = clock.after(limits.pongTimeoutSeconds * 1_000, () => {
      if (lastHeard < pingedAt) connection.close(CLOSE.pongLost);
      else checkActivity();
    });
  }

  function release(): void {
    if (!state.connections.delete(socketId)) return;
    stopTimer();
    meter.connectionClosed();
    for (const name of [...connection.joined]) state.channels.leave(connection, name);
  }

  webSocket.on('message', receive);
  webSocket.on('ping', () => {
    lastHeard = clock.now();
  });
  webSocket.on('close', release);
  // ws reports what broke a connection before it closes it; the close is all we act on.
  webSocket.on('error', release);

  state.connections.set(socketId, connection);
  meter.connectionOpened();
  connection.send(
    encodeMessage({
      event: 'pusher:connection_established',
      data: JSON.stringify({ socket_id: socketId, activity_timeout: limits.activityTimeoutSeconds }),
    }),
  );
  return connection;
}

/** Sends bytes that are already UTF-8 text. A client that does not read is cut off before it fills the memory. */
function sendFrame(webSocket: WebSocket, frame: Frame, bufferedBytes: number): void {
  if (webSocket.readyState !== WebSocket.OPEN) return;
  if (webSocket.bufferedAmount + frame.length > bufferedBytes) webSocket.terminate();
  else webSocket.send(frame, { binary: false });
}
