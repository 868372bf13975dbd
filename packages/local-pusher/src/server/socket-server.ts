import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultGate } from '../faults/faults.js';
import type { ConnectionRefusal } from '../faults/transport-fault.js';
import { CLOSE, type CloseReason } from '../protocol/close-code.js';
import type { Limits } from '../protocol/limits.js';
import type { AppState } from './app-state.js';
import { closeSocket } from './close-socket.js';
import { createCoalescing } from './coalescing.js';
import type { ConnectionLog } from './counters.js';
import { parseHandshake, refuseHandshake } from './handshake.js';
import type { Meter } from './meter.js';
import { runSocket } from './socket.js';

export interface SocketServerOptions {
  apps: ReadonlyMap<string, AppState>;
  limits: Limits;
  meter: Meter;
  gate: FaultGate;
  log: ConnectionLog;
}

/** The WebSocket side of the server. */
export interface SocketServer {
  /** Takes over a request that an HTTP server was asked to upgrade. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends what is still open, without a closing handshake. */
  terminate(): void;
}

interface UpgradeRequest {
  address: string;
  socket: Duplex;
  fault: ConnectionRefusal | undefined;
}

/** `apps` by key: that is what sockets name. */
export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { apps, limits, meter, gate, log } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
  });
  const unanswered = new Set<Duplex>();
  const coalesce = createCoalescing();

  function accept(webSocket: WebSocket, request: UpgradeRequest): void {
    const { address, socket, fault } = request;
    const handshake = parseHandshake(address);
    const state = apps.get(handshake.key ?? '');
    const protocol = Number(handshake.protocol);
    const reason = refuseHandshake(handshake, state?.app) ?? requested(fault) ?? overQuota();
    if (reason === undefined && state !== undefined) {
      const beforeWrite = () => coalesce(socket);
      log.add(runSocket(state, { webSocket, beforeWrite, socketId: nextSocketId(state), protocol }));
      return;
    }
    meter.connectionRefused();
    // Nothing that still arrives on a refused socket matters, broken frames included.
    webSocket.on('error', () => webSocket.terminate());
    closeSocket(webSocket, reason ?? CLOSE.unknownApp, protocol);
  }

  function overQuota(): CloseReason | undefined {
    return meter.openConnections() >= limits.connections ? CLOSE.overConnectionQuota : undefined;
  }

  return {
    upgrade(message, socket, head) {
      // A client that breaks off during the upgrade must not take the server with it.
      socket.on('error', () => socket.destroy());
      const fault = gate.drawRefusal();
      if (fault !== undefined && fault.code === undefined) {
        meter.connectionRefused();
        if (fault.hang) keepUnanswered(unanswered, socket);
        else refuseUpgrade(socket, fault.status);
        return;
      }
      server.handleUpgrade(message, socket, head, (webSocket) => {
        accept(webSocket, { address: message.url ?? '/', socket, fault });
      });
    },
    terminate() {
      for (const webSocket of server.clients) webSocket.terminate();
      for (const socket of unanswered) socket.destroy();
    },
  };
}

function requested(fault: ConnectionRefusal | undefined): CloseReason | undefined {
  if (fault?.code === undefined) return undefined;
  const known = Object.values(CLOSE).find(({ code }) => code === fault.code);
  return { code: fault.code, reason: fault.reason ?? known?.reason ?? '' };
}

function keepUnanswered(unanswered: Set<Duplex>, socket: Duplex): void {
  unanswered.add(socket);
  socket.on('close', () => unanswered.delete(socket));
  // Reading lets the socket notice that the client has gone.
  socket.resume();
}

function refuseUpgrade(socket: Duplex, status: number | undefined): void {
  if (status === undefined) socket.destroy();
  else socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function nextSocketId(state: AppState): string {
  const id = `${randomInt(1, 1_000_000)}.${randomInt(1, 1_000_000_000)}`;
  return state.connections.has(id) ? nextSocketId(state) : id;
}
