import type { Connection } from './connection.js';
import type { Meter, MeterReading } from './meter.js';
import type { RateReading } from './rate.js';

/** Connections whose rates are remembered after they closed. */
const MOST_REMEMBERED = 1_000;

/** The client events of one connection. */
export interface ConnectionRate extends RateReading {
  socketId: string;
  userIds: string[];
  open: boolean;
}

/** What the server has seen so far, for tests to assert and for people to look at. */
export interface Counters {
  /** Traffic, and what hosted Pusher would have billed for it. */
  read(): MeterReading;
  /** Client events of every connection, the oldest connection first; closed ones up to the last 1,000. */
  rates(): ConnectionRate[];
  /** Starts counting anew. */
  reset(): void;
}

export interface ConnectionLog {
  add(connection: Connection): void;
}

export function createCounters(meter: Meter): Counters & ConnectionLog {
  const connections = new Set<Connection>();

  return {
    read: meter.read,
    rates: () =>
      [...connections].map((connection) => ({
        socketId: connection.socketId,
        userIds: [...connection.userIds],
        open: connection.isOpen(),
        ...connection.clientEvents.read(),
      })),
    reset() {
      meter.reset();
      for (const connection of connections) {
        connection.clientEvents.reset();
        if (!connection.isOpen()) connections.delete(connection);
      }
    },
    add(connection) {
      connections.add(connection);
      if (connections.size <= MOST_REMEMBERED) return;
      for (const old of connections) {
        if (!old.isOpen()) {
          connections.delete(old);
          return;
        }
      }
    },
  };
}
