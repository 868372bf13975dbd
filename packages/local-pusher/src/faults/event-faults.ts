import type { Clock } from '../clock.js';
import { type Direction, type EventFault, matches, type Packet } from './event-fault.js';
import type { Random } from './random.js';
import type { FaultyConnection } from './selector.js';

const DEFAULT_DELAY_MS = 100;

/** A fault that is in force. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: EventFault;
  /** Events it has happened to. */
  readonly hits: number;
}

export interface EventFaults {
  add(fault: EventFault): ActiveFault;
  remove(id: string): boolean;
  list(): ActiveFault[];
  clear(): void;
  /** Whether every packet passes as it is. */
  isClear(): boolean;
  /** Calls `forward` when and as often as the faults in force let the packet through. */
  pass(packet: Packet, forward: () => void): void;
}

interface Fate {
  copies: number;
  delayMs: number;
  /** How long it waits for another event to overtake it. */
  heldMs: number | undefined;
}

interface HeldPacket {
  connection: FaultyConnection;
  direction: Direction;
  release: () => void;
}

export function createEventFaults(clock: Clock, random: Random): EventFaults {
  const active = new Map<string, { id: string; fault: EventFault; hits: number }>();
  let held: HeldPacket[] = [];
  let lastId = 0;

  function decide(packet: Packet): Fate | undefined {
    const fate: Fate = { copies: 1, delayMs: 0, heldMs: undefined };
    for (const entry of active.values()) {
      const { fault } = entry;
      if (!matches(fault, packet) || random() >= (fault.probability ?? 1)) continue;
      entry.hits += 1;
      if (entry.hits >= (fault.times ?? Number.POSITIVE_INFINITY)) active.delete(entry.id);
      if (fault.kind === 'drop') return undefined;
      if (fault.kind === 'duplicate') fate.copies += fault.copies ?? 1;
      else if (fault.kind === 'delay') fate.delayMs += drawDelay(fault);
      else fate.heldMs = drawDelay(fault);
    }
    return fate;
  }

  function drawDelay({ delayMs = DEFAULT_DELAY_MS }: EventFault): number {
    if (typeof delayMs === 'number') return delayMs;
    const [least, most] = delayMs;
    return least + random() * (most - least);
  }

  /** Keeps `arrive` until another packet of its stream has passed, or for `heldMs`. */
  function hold({ connection, direction }: Packet, heldMs: number, arrive: () => void): void {
    const release = () => {
      held = held.filter((other) => other !== entry);
      cancel();
      arrive();
    };
    const cancel = clock.after(heldMs, release);
    const entry = { connection, direction, release };
    held.push(entry);
  }

  function heldIn({ connection, direction }: Packet): HeldPacket[] {
    return held.filter((entry) => entry.connection === connection && entry.direction === direction);
  }

  return {
    add(fault) {
      lastId += 1;
      const entry = { id: String(lastId), fault, hits: 0 };
      active.set(entry.id, entry);
      return entry;
    },
    remove: (id) => active.delete(id),
    list: () => [...active.values()].map((entry) => ({ ...entry })),
    clear: () => active.clear(),
    isClear: () => active.size === 0 && held.length === 0,
    pass(packet, forward) {
      const fate = decide(packet);
      if (fate === undefined) return;
      const { copies, delayMs, heldMs } = fate;
      const arrive = () => {
        for (let copy = 0; copy < copies; copy++) forward();
      };
      const overtaken = heldIn(packet);
      if (heldMs !== undefined && overtaken.length === 0) {
        hold(packet, delayMs + heldMs, arrive);
        return;
      }
      if (delayMs > 0) clock.after(delayMs, arrive);
      else arrive();
      for (const { release } of overtaken) release();
    },
  };
}
