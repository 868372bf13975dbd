import { decodeLog, digestOf, type Sequence } from '@inkwire/core';
import { deleteDB } from 'idb';
import * as Y from 'yjs';
import { createPageScope } from '../../tabs/browser-scope.js';
import { ownerOf } from '../../tabs/open-connection.js';
import type { Rig } from '../rig.js';
import { createEagerClock } from './eager-clock.js';
import type { BoardServer } from './network.js';
import { type Computer, type Connect, isPending, openTab, type Tab } from './tab.js';

/** A place where somebody may have the board open. */
export interface Seat {
  computer: Computer;
  tab: Tab | null;
}

/** One board, everybody on it, and what has to be true of them. */
export interface World {
  readonly seats: readonly Seat[];
  open(seat: Seat): Tab;
  /** All pages that are open. */
  readonly tabs: readonly Tab[];
  /** The page ends properly. */
  close(seat: Seat): Promise<void>;
  crash(seat: Seat): void;
  /** Breaks the connection of `computer` to Pusher. */
  cut(computer: Computer): void;
  /** A place for somebody who was not here before. */
  takeSeat(): Seat;
  /** Everything at this seat's computer is gone, with what was not saved; its person goes on at another one. */
  loseComputer(seat: Seat): void;
  /** The server dies with its next commit, and is back after `ms`. */
  killServer(ms: number): void;
  /** The server is back now, if it was gone. */
  startServer(): void;
  /** Resolves when so much time has passed for the pages. */
  wait(ms: number): Promise<void>;
  /** Resolves when `holds` does. @throws when that takes longer than anything may */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Reads what is new in the log. @throws when Yjs waits for something, here or in a page (L10, F8) */
  audit(): Promise<void>;
  /** The document that the log describes, as of the last {@link audit}. */
  readonly log: Y.Doc;
  /** @throws when a change is missing in `doc` that the server confirmed, or that a browser kept */
  checkOwed(doc: Y.Doc): void;
  end(): Promise<void>;
}

/** The longest that anything may take by the clock of the pages. */
const PATIENCE_MS = 5 * 60_000;

/** How long it takes until it is looked again whether something has come about. */
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export const createWorld = (rig: Rig, name: string, tabs: readonly number[], connect: Connect): World => {
  const clock = createEagerClock();
  const server: BoardServer = { state: 'up', appends: 0 };
  const channel = `presence-board-${name}`;
  const users: string[] = [];
  const saved: Uint8Array[] = [];
  const log = new Y.Doc();
  let synced = 0 as Sequence;
  let audited = -1;
  let silence = '';

  const buyComputer = (): Computer => {
    const user = `${name}-${users.length}`;
    users.push(user);
    return {
      user,
      browser: { ...createPageScope(), acrossTabs: true },
      reach: { offline: false, mute: false, deaf: false, lostAnswers: 0 },
      kept: [],
    };
  };

  const seats = tabs.flatMap((count): Seat[] => {
    const computer = buyComputer();
    return Array.from({ length: count }, () => ({ computer, tab: null }));
  });

  const openTabs = (): Tab[] => seats.flatMap(({ tab }) => (tab ? [tab] : []));
  const cut = ({ user }: Computer): void => void rig.pusher.faults.cut({ userId: user });

  const crash = (seat: Seat): void => {
    const { tab } = seat;
    if (!tab) return;
    const { leads } = tab;
    tab.crash();
    seat.tab = null;
    if (leads) cut(seat.computer);
  };

  const startServer = (): void => {
    rig.pusher.faults.remove(silence);
    server.state = 'up';
  };

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(ms, resolve);
    });

  return {
    seats,
    log,
    wait,
    open: (seat) => {
      seat.tab ??= openTab({
        connect,
        options: { ...rig.options(seat.computer.user), board: name },
        computer: seat.computer,
        server,
        clock,
        onSaved: (changes) => saved.push(...changes),
      });
      return seat.tab;
    },
    get tabs() {
      return openTabs();
    },
    close: async (seat) => {
      const { tab } = seat;
      seat.tab = null;
      await tab?.close();
    },
    crash,
    cut,
    takeSeat: () => {
      const seat: Seat = { computer: buyComputer(), tab: null };
      seats.push(seat);
      return seat;
    },
    loseComputer: (seat) => {
      const lost = seat.computer;
      const computer = buyComputer();
      for (const other of seats) {
        if (other.computer !== lost) continue;
        crash(other);
        other.computer = computer;
      }
    },
    killServer: (ms) => {
      if (server.state !== 'up') return;
      server.state = 'dying';
      silence = rig.pusher.faults.add({ kind: 'drop', event: 'receipt', channel, probability: 1 }).id;
      clock.after(ms, startServer);
    },
    startServer,
    until: async (what, holds) => {
      const deadline = clock.now() + PATIENCE_MS;
      let pause = SHORTEST_PAUSE_MS;
      while (!(await holds())) {
        if (clock.now() > deadline) {
          const seen = openTabs().map(({ computer, connection, errors, board }) =>
            JSON.stringify({ user: computer.user, ...connection.status, elements: board.size, errors }),
          );
          throw new Error(`It never came to this: ${what}.\n${seen.join('\n')}`);
        }
        await wait(pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
      }
    },
    audit: async () => {
      for (const { wasPending, computer } of openTabs())
        if (wasPending) throw new Error(`The document of ${computer.user} had something pending.`);
      const { appends } = server;
      if (appends === audited) return;
      const headers = { authorization: 'Bearer auditor' };
      const url = `${rig.address}/channels/${encodeURIComponent(channel)}/entries?after=${synced}`;
      const response = await rig.server.fetch(new Request(url, { headers }));
      // While it restarts, there is nothing new.
      if (!response.ok || !response.body) return;
      audited = appends;
      for await (const part of decodeLog(response.body)) {
        if (part.type === 'snapshot') Y.applyUpdateV2(log, part.update);
        else if (part.type === 'row') Y.applyUpdate(log, part.entry.update);
        if (isPending(log)) throw new Error('A prefix of the log has something pending.');
        if (part.type === 'snapshot') synced = Math.max(part.seq, synced) as Sequence;
        else if (part.type === 'row') synced = part.entry.seq;
      }
    },
    checkOwed: (doc) => {
      const isIn = (updates: readonly Uint8Array[]): boolean => {
        const copy = new Y.Doc();
        for (const update of [Y.encodeStateAsUpdate(doc), ...updates]) Y.applyUpdate(copy, update);
        return digestOf(copy) === digestOf(doc);
      };
      if (!isIn(saved)) throw new Error('A change that the server confirmed is gone.');
      const kept = seats.flatMap(({ computer }) => computer.kept);
      if (!isIn(kept)) throw new Error('A change that its browser kept is gone.');
    },
    end: async () => {
      for (const { reach } of seats.map(({ computer }) => computer)) reach.offline = true;
      await Promise.all(openTabs().map((tab) => tab.close()));
      clock.stop();
      for (const user of users) await deleteDB(`inkwire ${ownerOf(rig.address, user)}`);
    },
  };
};
