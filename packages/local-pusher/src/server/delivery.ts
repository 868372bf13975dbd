import type { FaultGate } from '../faults/faults.js';
import type { Frame } from '../protocol/message.js';
import type { Connection } from './connection.js';
import type { Meter } from './meter.js';

/** A message on its way from a channel to subscribers, serialized once. */
export interface Delivery {
  channel: string;
  event: string;
  frame: Frame;
}

export type Deliver = (connections: Iterable<Connection>, delivery: Delivery, except?: Connection) => void;

/** What hosted Pusher counts among the commands of a subscription, and does not bill. */
const UNBILLED = new Set(['pusher_internal:subscription_succeeded', 'pusher:cache_miss']);

/** Sends messages of channels, lets faults come between, and counts every copy that was sent. */
export function createDeliver(gate: FaultGate, meter: Meter): Deliver {
  function send(connection: Connection, { event, frame }: Delivery): void {
    if (event.startsWith('pusher_internal:member_')) meter.memberEventDelivered();
    else if (!UNBILLED.has(event)) meter.delivered();
    connection.send(frame);
  }

  return (connections, delivery, except) => {
    const isClear = gate.isClear();
    for (const connection of connections) {
      if (connection === except) continue;
      if (isClear) {
        send(connection, delivery);
        continue;
      }
      const { channel, event } = delivery;
      gate.pass({ direction: 'server-to-client', channel, event, connection }, () => {
        if (connection.isOpen()) send(connection, delivery);
      });
    }
  };
}
