import type { FaultyConnection } from './selector.js';

export type Direction = 'client-to-server' | 'server-to-client';

/** What happens to some of the events that pass between clients and the server. */
export interface EventFault {
  /**
   * - `drop`: it never arrives.
   * - `delay`: it arrives `delayMs` later; events that come meanwhile overtake it.
   * - `duplicate`: it arrives `copies` times more.
   * - `reorder`: it arrives right after the next event of the same connection and direction, at the latest after `delayMs`.
   */
  kind: 'drop' | 'delay' | 'duplicate' | 'reorder';
  /** Default: both. */
  direction?: Direction;
  /** Name of a channel; `*` stands for any characters. Default: all. */
  channel?: string;
  /** Name of an event; `*` stands for any characters. Default: all but those that begin with `pusher`. */
  event?: string;
  /** Only for the connections of this user. */
  userId?: string;
  socketId?: string;
  appId?: string;
  /** How likely, from 0 to 1. Default 1. */
  probability?: number;
  /** How many events it happens to before the fault is over. Default: no end. */
  times?: number;
  /** For `delay` and `reorder`: milliseconds, or the range from which they are drawn. Default 100. */
  delayMs?: number | [least: number, most: number];
  /** For `duplicate`. Default 1. */
  copies?: number;
}

/** An event on its way between a client and the server. */
export interface Packet {
  direction: Direction;
  channel: string | undefined;
  event: string;
  connection: FaultyConnection;
}

export function matches(fault: EventFault, packet: Packet): boolean {
  const { direction, channel, event, userId, socketId, appId } = fault;
  const { connection } = packet;
  return (
    (direction === undefined || direction === packet.direction) &&
    (channel === undefined || (packet.channel !== undefined && fits(channel, packet.channel))) &&
    (event === undefined ? !packet.event.startsWith('pusher') : fits(event, packet.event)) &&
    (userId === undefined || connection.userIds.has(userId)) &&
    (socketId === undefined || socketId === connection.socketId) &&
    (appId === undefined || appId === connection.appId)
  );
}

/** Whether `name` has the parts of `pattern` between its asterisks, in their order. */
function fits(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return name === pattern;
  if (!name.startsWith(start)) return false;
  let position = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return name.endsWith(end) && name.length - end.length >= position;
}
