import { type Board, createBoard } from '@inkwire/core';
import type * as Y from 'yjs';
import type { DocConnection } from '../../board/connect-doc.js';
import type { ConnectOptions } from '../../board/options.js';
import type { BrowserScope } from '../../tabs/browser-scope.js';
import { createManualPage, type ManualPage } from '../rig.js';
import type { EagerClock } from './eager-clock.js';
import { createMortalScope } from './mortal-scope.js';
import { type BoardServer, createNetwork, type Reach } from './network.js';

/** Connects a board: as an app does, or without one of the measures that keep it safe. */
export type Connect = (board: Board, options: ConnectOptions) => DocConnection;

/** A person at one computer: one browser, whatever they have open in it. */
export interface Computer {
  readonly user: string;
  readonly browser: BrowserScope;
  readonly reach: Reach;
  /** What pages that ended properly had not saved, and this browser keeps. */
  readonly kept: Uint8Array[];
}

/** One page with the board. */
export interface Tab {
  readonly board: Board;
  readonly connection: DocConnection;
  readonly page: ManualPage;
  readonly errors: readonly string[];
  /** Whether Yjs ever waited for something that was missing (F8). */
  readonly wasPending: boolean;
  readonly computer: Computer;
  /** Whether it has the browser's connection to Pusher. */
  readonly leads: boolean;
  close(): Promise<void>;
  crash(): void;
}

export interface TabOptions {
  readonly connect: Connect;
  readonly options: Omit<ConnectOptions, 'clock' | 'page' | 'fetch' | 'browser'>;
  readonly computer: Computer;
  readonly server: BoardServer;
  readonly clock: EagerClock;
  /** The server has confirmed these changes. */
  readonly onSaved: (changes: readonly Uint8Array[]) => void;
}

/** y-protocols renews a page's state this often, in real time, of which too little passes here. */
const RENEW_MS = 15_000;

/** Whether Yjs waits for something before it can show all that it has. */
export const isPending = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null;

export const openTab = ({ connect, options, computer, server, clock, onSaved }: TabOptions): Tab => {
  const scope = createMortalScope(computer.browser);
  const page = createManualPage();
  const board = createBoard({ user: computer.user });
  const errors: string[] = [];
  let made: Uint8Array[] = [];
  let gone = false;
  let closing = false;
  let wasPending = false;
  // Opening what the browser keeps takes time that the clock does not see; the first request says that it is over.
  const opened = clock.begin();

  const connection = connect(board, {
    ...options,
    browser: scope,
    page,
    fetch: createNetwork({ reach: computer.reach, server, clock, isGone: () => gone, onRequest: opened }),
    clock: {
      now: clock.now,
      after: (ms, task) => clock.after(ms, () => !gone && task()),
    },
  });
  connection.on('error', ({ code }) => errors.push(code));
  board.doc.on('update', (update: Uint8Array, origin: unknown) => {
    const isRemote = (origin as { session?: unknown } | null)?.session === connection.session;
    if (!isRemote && !closing) made.push(update);
  });
  board.doc.on('afterTransaction', () => {
    wasPending ||= isPending(board.doc);
  });
  connection.on('status', ({ saving }) => {
    if (saving !== 'saved' || gone) return;
    onSaved(made);
    made = [];
  });
  const renew = (): void => {
    if (gone) return;
    connection.awareness.setLocalState(connection.awareness.getLocalState());
    cancelRenewal = clock.after(RENEW_MS, renew);
  };
  let cancelRenewal = clock.after(RENEW_MS, renew);

  return {
    board,
    connection,
    page,
    errors,
    get wasPending() {
      return wasPending;
    },
    computer,
    get leads() {
      return scope.leads;
    },
    close: async () => {
      cancelRenewal();
      opened();
      closing = true;
      await connection.destroy();
      gone = true;
      scope.die();
      computer.kept.push(...made);
    },
    crash: () => {
      gone = true;
      opened();
      cancelRenewal();
      scope.die();
      // Its timer would keep it alive for ever.
      connection.awareness.destroy();
    },
  };
};
