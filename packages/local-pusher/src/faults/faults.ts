import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { EventFault } from './event-fault.js';
import { type ActiveFault, createEventFaults, type EventFaults } from './event-faults.js';
import { createRandom, type Random } from './random.js';
import { readCut, readEventFault, readHttpFault, readRefusal, readSeed, readSelector } from './read-fault.js';
import { type ConnectionSelector, type FaultyConnection, selects } from './selector.js';
import type { ConnectionRefusal, Cut, HttpFault } from './transport-fault.js';

/** Everything that is in force. */
export interface FaultsReading {
  /** What repeats the same draws: the option `seed`, or the last `reseed`. */
  seed: number;
  events: ActiveFault[];
  connections: ConnectionRefusal | undefined;
  http: HttpFault | undefined;
  frozen: number;
}

/** Breaks the network between clients and the server on request, the same way for the same seed. */
export interface Faults {
  /** Puts a fault in force; it is over when it is removed or has happened `times` times. */
  add(fault: EventFault): ActiveFault;
  remove(id: string): boolean;
  /** Ends connections and says how many. */
  cut(cut?: Cut): number;
  /** Makes connections half-open and says how many: what either side sends waits, and neither is told. */
  freeze(selector?: ConnectionSelector): number;
  /** Ends `freeze` for all; what waited arrives, unless the server has given the client up. */
  thaw(): void;
  refuseConnections(refusal?: ConnectionRefusal): void;
  acceptConnections(): void;
  stopHttp(fault?: HttpFault): void;
  startHttp(): void;
  /** Makes faults draw the numbers of `seed`, from the first: what was drawn since then can be drawn again. */
  reseed(seed: number): void;
  /** Ends every fault. */
  clear(): void;
  read(): FaultsReading;
}

/** What the server asks before it lets something happen. */
export interface FaultGate {
  readonly pass: EventFaults['pass'];
  readonly isClear: EventFaults['isClear'];
  /** What this new connection meets, if anything. */
  drawRefusal(): ConnectionRefusal | undefined;
  /** What this request to the HTTP API meets, if anything. */
  drawHttpFault(): HttpFault | undefined;
}

export interface FaultsOptions {
  clock: Clock;
  /** Default: a random one. */
  seed?: number | undefined;
  connections: () => Iterable<FaultyConnection>;
}

export function createFaults(options: FaultsOptions): { faults: Faults; gate: FaultGate } {
  const { clock, connections } = options;
  let seed = options.seed ?? randomInt(2 ** 32 - 1);
  let random = createRandom(seed);
  const events = createEventFaults(clock, () => random());
  let frozen: FaultyConnection[] = [];
  let refusal: ConnectionRefusal | undefined;
  let httpFault: HttpFault | undefined;

  function selected(selector: ConnectionSelector): FaultyConnection[] {
    return [...connections()].filter((connection) => selects(selector, connection));
  }

  function thaw(): void {
    for (const connection of frozen.splice(0)) connection.thaw();
  }

  const faults: Faults = {
    add: (fault) => events.add(readEventFault(fault)),
    remove: events.remove,
    cut(cut = {}) {
      const { code, reason = '', ...selector } = readCut(cut);
      const targets = selected(selector);
      for (const target of targets) target.cut(code === undefined ? undefined : { code, reason });
      return targets.length;
    },
    freeze(selector = {}) {
      const targets = selected(readSelector(selector)).filter((connection) => !frozen.includes(connection));
      for (const target of targets) target.freeze();
      frozen = [...frozen, ...targets];
      return targets.length;
    },
    thaw,
    refuseConnections(how = {}) {
      refusal = readRefusal(how);
    },
    acceptConnections() {
      refusal = undefined;
    },
    stopHttp(fault = {}) {
      httpFault = readHttpFault(fault);
    },
    startHttp() {
      httpFault = undefined;
    },
    reseed(other) {
      seed = readSeed({ seed: other });
      random = createRandom(seed);
    },
    clear() {
      events.clear();
      thaw();
      refusal = undefined;
      httpFault = undefined;
    },
    read: () => ({
      seed,
      events: events.list(),
      connections: refusal,
      http: httpFault,
      frozen: frozen.length,
    }),
  };

  const gate: FaultGate = {
    pass: events.pass,
    isClear: events.isClear,
    drawRefusal: () => draw(refusal, random),
    drawHttpFault: () => draw(httpFault, random),
  };
  return { faults, gate };
}

function draw<Fault extends { probability?: number }>(
  fault: Fault | undefined,
  random: Random,
): Fault | undefined {
  return fault !== undefined && random() < (fault.probability ?? 1) ? fault : undefined;
}
