import type { Board, Conflict, Presence } from '@inkwire/core';
import { systemClock } from '../clock.js';
import { createListeners } from '../listeners.js';
import { TransportError } from '../transport-error.js';
import type { DocConnection } from './connect-doc.js';
import { type ConnectionEvents, openDocument } from './open-document.js';
import type { ConnectOptions } from './options.js';
import { createOwnPresence } from './own-presence.js';
import { createParticipants } from './participants.js';

export interface BoardEvents extends ConnectionEvents {
  /** A change of mine lost to one that somebody made at the same time (C8). */
  conflict: Conflict;
}

/** A board that is kept equal to its channel's log, and the people on it. */
export interface BoardConnection extends DocConnection {
  readonly presence: Presence;
  /** Calls `listener` on each `event`; returns the way to stop. */
  on<Name extends keyof BoardEvents>(event: Name, listener: (value: BoardEvents[Name]) => void): () => void;
}

const BOARD_ID = /^[A-Za-z0-9_\-=@,.;]{1,140}$/;

/**
 * Connects `board` to its server and to the others on it. Drawing goes on whether or not that works.
 *
 * @throws {TransportError} with code `board` when the id is none.
 */
export const connectBoard = (board: Board, options: ConnectOptions): BoardConnection => {
  if (!BOARD_ID.test(options.board))
    throw new TransportError(
      'board',
      'A board id has 1 to 140 characters of A-Z, a-z, 0-9 and _ - = @ , . ;',
    );
  const clock = options.clock ?? systemClock;
  const events = createListeners<BoardEvents & { change: null }>();
  const participants = createParticipants((id) => board.get(id) !== undefined);
  const own = createOwnPresence(clock, () => document.request('stream'));
  let cancelSilence = (): void => {};
  const notify = (): void => {
    cancelSilence();
    const now = clock.now();
    const over = participants.nextOver(now);
    // Nothing else would say that an author is silent.
    if (over !== null) cancelSilence = clock.after(over - now, notify);
    events.emit('change', null);
  };

  const document = openDocument(
    board.doc,
    { ...options, channel: `presence-board-${options.board}` },
    {
      takePresence: own.take,
      onPresence: (session, user, bytes) => {
        participants.meet(session, user);
        if (bytes.length > 0) participants.receive(session, bytes, clock.now());
        notify();
      },
      onLeave: (session) => {
        participants.leave(session);
        notify();
      },
      onNewcomer: own.tellAll,
      onWriters: board.attribute,
    },
  );
  const stops = [
    board.subscribe(({ touched, local, user }) => {
      if (local) own.commit(touched);
      if (participants.settle(touched, user, clock.now())) notify();
    }),
    board.onConflict((conflict) => events.emit('conflict', conflict)),
    document.on('status', (status) => events.emit('status', status)),
    document.on('error', (error) => events.emit('error', error)),
  ];

  return {
    session: document.session,
    awareness: document.awareness,
    get status() {
      return document.status;
    },
    on: events.on,
    writerOf: document.writerOf,
    presence: {
      others: participants.at,
      moving: participants.moving,
      subscribe: (listener) => events.on('change', listener),
      setCursor: own.setCursor,
      setTool: own.setTool,
      setSelection: own.setSelection,
      setViewport: own.setViewport,
      setWriting: own.setWriting,
      drawLive: own.drawLive,
      endLive: own.endLive,
      setDrag: own.setDrag,
    },
    destroy: async () => {
      for (const stop of stops) stop();
      own.stop();
      events.clear();
      await document.destroy();
      cancelSilence();
    },
  };
};
