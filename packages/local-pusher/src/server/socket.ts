import { type RawData, WebSocket } from 'ws';
import { channelKind } from '../protocol/channel-name.js';
import { CLOSE } from '../protocol/close-code.js';
import { encodeError, encodeMessage, type Frame, parseMessage } from '../protocol/message.js';
import { watchActivity } from './activity.js';
import type { AppState } from './app-state.js';
import { answerMessage, channelOf } from './client-message.js';
import { closeSocket, endSocket } from './close-socket.js';
import type { Connection } from './connection.js';
import { createRate } from './rate.js';
import { type Refusal, refusal } from './refusal.js';

const PING = encodeMessage({ event: 'pusher:ping', data: '{}' });
/** Clients of protocol 7 are told when to ping. */
const FIRST_PROTOCOL_WITH_ACTIVITY_TIMEOUT = 7;

export interface SocketOptions {
  webSocket: WebSocket;
  /** Called before each write. */
  beforeWrite: () => void;
  socketId: string;
  protocol: number;
}

/** Runs one WebSocket connection of an app from its handshake to its end. */
export function runSocket(
  state: AppState,
  { webSocket, beforeWrite, socketId, protocol }: SocketOptions,
): Connection {
  const { app, clock, limits, meter, gate } = state;
  /** What waits while the connection is frozen. */
  let frozen: { frames: Frame[]; bytes: number } | undefined;

  const connection: Connection = {
    socketId,
    appId: app.appId,
    joined: new Set(),
    userIds: new Set(),
    user: undefined,
    clientEvents: createRate(limits.clientEventsPerSecond, clock),
    isOpen: () => state.connections.get(socketId) === connection,
    send(frame) {
      if (frozen === undefined) {
        sendFrame(frame);
      } else if (frozen.bytes + frame.length <= limits.bufferedBytes) {
        frozen.frames.push(frame);
        frozen.bytes += frame.length;
      }
    },
    close(reason) {
      release();
      if (frozen === undefined) closeSocket(webSocket, reason, protocol);
    },
    cut(reason) {
      release();
      if (reason === undefined) webSocket.terminate();
      else endSocket(webSocket, reason);
    },
    freeze() {
      frozen ??= { frames: [], bytes: 0 };
      webSocket.pause();
    },
    thaw() {
      const waiting = frozen?.frames ?? [];
      frozen = undefined;
      if (!connection.isOpen()) {
        webSocket.terminate();
        return;
      }
      for (const frame of waiting) connection.send(frame);
      webSocket.resume();
    },
  };

  const activity = watchActivity({
    clock,
    limits,
    protocol,
    ping: () => connection.send(PING),
    close: connection.close,
  });
  const stopAuthorizing =
    app.authorizeWithinSeconds === undefined
      ? undefined
      : clock.after(app.authorizeWithinSeconds * 1_000, () => {
          if (![...connection.joined].some((name) => channelKind(name).authorized)) {
            connection.close(CLOSE.unauthorized);
          }
        });

  function receive(raw: RawData, isBinary: boolean): void {
    if (!connection.isOpen()) return;
    activity.heard();
    if (isBinary) {
      connection.close(CLOSE.unsupportedData);
      return;
    }
    const message = parseMessage(String(raw));
    if (message === undefined) {
      tell(refusal('A message must be a JSON object with the name of an event'));
    } else if (gate.isClear()) {
      tell(answerMessage(state, connection, message));
    } else {
      const packet = { channel: channelOf(message), event: message.event, connection };
      gate.pass({ direction: 'client-to-server', ...packet }, () => {
        if (connection.isOpen()) tell(answerMessage(state, connection, message));
      });
    }
  }

  function tell(refused: Refusal | undefined): void {
    if (refused !== undefined) connection.send(encodeError(refused.message, refused.code));
  }

  /** A client that does not read is cut off before what waits for it fills the memory. */
  function sendFrame(frame: Frame): void {
    if (webSocket.readyState !== WebSocket.OPEN) return;
    if (webSocket.bufferedAmount + frame.length > limits.bufferedBytes) {
      webSocket.terminate();
      return;
    }
    beforeWrite();
    webSocket.send(frame, { binary: false });
  }

  function release(): void {
    if (!connection.isOpen()) return;
    state.connections.delete(socketId);
    activity.stop();
    stopAuthorizing?.();
    meter.connectionClosed();
    state.users.signOut(connection);
    for (const name of [...connection.joined]) state.channels.leave(connection, name);
  }

  webSocket.on('message', receive);
  webSocket.on('ping', activity.heard);
  webSocket.on('close', release);
  // What broke a connection matters to nobody here; that it broke does.
  webSocket.on('error', release);

  state.connections.set(socketId, connection);
  meter.connectionOpened();
  connection.send(establish(socketId, limits.activityTimeoutSeconds, protocol));
  return connection;
}

function establish(socketId: string, activityTimeout: number, protocol: number): Frame {
  const timeout = protocol >= FIRST_PROTOCOL_WITH_ACTIVITY_TIMEOUT && { activity_timeout: activityTimeout };
  const data = JSON.stringify({ socket_id: socketId, ...timeout });
  return encodeMessage({ event: 'pusher:connection_established', data });
}
