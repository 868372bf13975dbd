import {
  type Box,
  type Drag,
  decodePresence,
  type ElementId,
  type Participant,
  type PresentUser,
  type SessionId,
  type TextPlace,
} from '@inkwire/core';
import { createDragPlayback, type DragPlayback } from './drag-playback.js';
import { createInkPlayback, type InkPlayback } from './ink-playback.js';
import { changesDrag } from './own-drag.js';
import { sameIds } from './same-ids.js';
import { createTrailPlayback, type TrailPlayback } from './trail-playback.js';

/** The others on a board, each as the last frames of their session showed them. */
export interface Participants {
  /** Bytes of a presence update. @throws {WireError} when they are none. */
  receive(session: SessionId, bytes: Uint8Array, now: number): void;
  /** `session` is here, as `user`. */
  meet(session: SessionId, user: PresentUser): void;
  leave(session: SessionId): void;
  /**
   * `user` changed these elements on the board, or several did: null. Nobody draws them any more, and who dragged them
   * has let go. Whether that changes what is seen.
   */
  settle(ids: readonly ElementId[], user: string | null, now: number): boolean;
  at(now: number): readonly Participant[];
  moving(now: number): boolean;
  /** When the next ink or drag after `now` is over; null while there is none. */
  nextOver(now: number): number | null;
}

/** The most strokes that one session is believed to draw at once: one for each finger. */
const MAX_LIVE = 16;

interface Present {
  user: PresentUser;
  readonly trail: TrailPlayback;
  readonly ink: Map<ElementId, InkPlayback>;
  drag: DragPlayback | null;
  /** When the newest of its updates was packed, by its own clock. */
  packedAt: number;
  tool: string | null;
  selection: readonly ElementId[];
  viewport: Box | null;
  writing: TextPlace | null;
}

/** @param isOnBoard whether an element has been committed: its live ink, or a copy seen before, is not wanted any more */
export const createParticipants = (isOnBoard: (id: ElementId) => boolean): Participants => {
  const present = new Map<SessionId, Present>();

  const receiveDrag = (of: Present, told: Drag | null, now: number): void => {
    const known = of.drag && now < of.drag.overAt ? of.drag : null;
    if (!told) {
      // What is committed is played to its end; what is not was given up.
      of.drag = known?.isSettled ? known : null;
    } else if (told.letGo) {
      // What no frame told before its end is not seen until it is on the board.
      if (known?.copy === told.copy) known.letGo(told.transform, now);
      else of.drag = null;
    } else if (told.copy === null || !isOnBoard(told.copy)) {
      const ids = told.ids ?? of.selection;
      const { copy } = told;
      const same = known && !known.hasLetGo && !known.isSettled;
      const goesOn = same && known.copy === copy && sameIds(known.ids, ids);
      of.drag = goesOn ? known : createDragPlayback({ ids, copy }, now);
      of.drag.receive(told.transform, now);
    }
  };

  /** Playbacks that are over are nothing that is seen. */
  const forget = (of: Present, now: number): void => {
    for (const [id, { overAt }] of of.ink) if (now >= overAt) of.ink.delete(id);
    if (of.drag && now >= of.drag.overAt) of.drag = null;
  };

  return {
    receive: (session, bytes, now) => {
      const of = present.get(session);
      if (!of) return;
      const { at, trail, gone, live, ended, drag, selection, viewport, tool, writing } =
        decodePresence(bytes);
      of.trail.receive(trail, at, now);
      if (gone) of.trail.leave();
      for (const piece of live) {
        if (isOnBoard(piece.id)) continue;
        const known = of.ink.get(piece.id);
        if (known) known.receive(piece, now);
        else if (of.ink.size < MAX_LIVE) of.ink.set(piece.id, createInkPlayback(piece, now));
      }
      for (const id of ended) of.ink.get(id)?.end(now);
      // A late frame tells what is no more so, and would take hold again of what was let go.
      if (at < of.packedAt) return;
      of.packedAt = at;
      if (selection) of.selection = selection;
      if (viewport) of.viewport = viewport;
      if (tool !== undefined) of.tool = tool;
      if (writing !== undefined) of.writing = writing;
      receiveDrag(of, drag, now);
    },
    meet: (session, user) => {
      const of = present.get(session);
      if (of) of.user = user;
      else
        present.set(session, {
          user,
          trail: createTrailPlayback(),
          ink: new Map(),
          drag: null,
          packedAt: 0,
          tool: null,
          selection: [],
          viewport: null,
          writing: null,
        });
    },
    leave: (session) => {
      present.delete(session);
    },
    settle: (ids, user, now) => {
      let changed = false;
      for (const of of present.values()) {
        for (const id of ids) changed = of.ink.delete(id) || changed;
        const { drag } = of;
        if (!drag || drag.isSettled || !changesDrag(drag, ids)) continue;
        // Others may change what somebody goes on dragging; whose work it is, is not known of what was missed.
        if (drag.copy === null && !(user === null ? drag.hasLetGo : user === of.user.id)) continue;
        drag.settle(ids, now);
        changed = true;
      }
      return changed;
    },
    at: (now) => {
      const others: Participant[] = [];
      for (const [session, of] of present) {
        forget(of, now);
        const { user, trail, ink, drag, tool, selection, viewport, writing } = of;
        const liveInk = [...ink.values()].map((playback) => playback.at(now));
        const seen = { cursor: trail.at(now), liveInk, drag: drag?.at(now) ?? null };
        others.push({ session, user, tool, selection, viewport, writing, ...seen });
      }
      return others;
    },
    moving: (now) => {
      for (const { trail, ink, drag } of present.values()) {
        if (trail.moving(now) || drag?.moving(now)) return true;
        for (const playback of ink.values()) if (playback.moving(now)) return true;
      }
      return false;
    },
    nextOver: (now) => {
      let next: number | null = null;
      for (const of of present.values()) {
        forget(of, now);
        for (const { overAt } of [...of.ink.values(), ...(of.drag ? [of.drag] : [])])
          next = Math.min(next ?? overAt, overAt);
      }
      return next;
    },
  };
};
