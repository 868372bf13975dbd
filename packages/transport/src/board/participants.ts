import {
  type Box,
  decodePresence,
  type ElementId,
  type Participant,
  type PresentUser,
  type SessionId,
} from '@inkwire/core';
import { createInkPlayback, type InkPlayback } from './ink-playback.js';
import { createTrailPlayback, type TrailPlayback } from './trail-playback.js';

/** The others on a board, each as the last frames of their session showed them. */
export interface Participants {
  /** Bytes of a presence update. @throws {WireError} when they are none. */
  receive(session: SessionId, bytes: Uint8Array, now: number): void;
  /** `session` is here, as `user`. */
  meet(session: SessionId, user: PresentUser): void;
  leave(session: SessionId): void;
  /** These elements are on the board now: nobody draws them any more. */
  settle(ids: readonly ElementId[]): boolean;
  at(now: number): readonly Participant[];
  moving(now: number): boolean;
}

/** The most strokes that one session is believed to draw at once: one for each finger. */
const MAX_LIVE = 16;

interface Present {
  user: PresentUser;
  readonly trail: TrailPlayback;
  readonly ink: Map<ElementId, InkPlayback>;
  tool: string | null;
  selection: readonly ElementId[];
  viewport: Box | null;
}

/** @param isOnBoard whether an element has been committed: its live ink is not wanted any more */
export const createParticipants = (isOnBoard: (id: ElementId) => boolean): Participants => {
  const present = new Map<SessionId, Present>();

  return {
    receive: (session, bytes, now) => {
      const of = present.get(session);
      if (!of) return;
      const { at, trail, gone, live, ended, selection, viewport, tool } = decodePresence(bytes);
      of.trail.receive(trail, at, now);
      if (gone) of.trail.leave();
      for (const piece of live) {
        if (isOnBoard(piece.id)) continue;
        const known = of.ink.get(piece.id);
        if (known) known.receive(piece, now);
        else if (of.ink.size < MAX_LIVE) of.ink.set(piece.id, createInkPlayback(piece, now));
      }
      for (const id of ended) of.ink.get(id)?.end(now);
      if (selection) of.selection = selection;
      if (viewport) of.viewport = viewport;
      if (tool !== undefined) of.tool = tool;
    },
    meet: (session, user) => {
      const of = present.get(session);
      if (of) of.user = user;
      else
        present.set(session, {
          user,
          trail: createTrailPlayback(),
          ink: new Map(),
          tool: null,
          selection: [],
          viewport: null,
        });
    },
    leave: (session) => {
      present.delete(session);
    },
    settle: (ids) => {
      let changed = false;
      for (const { ink } of present.values()) for (const id of ids) changed = ink.delete(id) || changed;
      return changed;
    },
    at: (now) => {
      const others: Participant[] = [];
      for (const [session, { user, trail, ink, tool, selection, viewport }] of present) {
        for (const [id, playback] of ink) if (playback.stale(now)) ink.delete(id);
        const liveInk = [...ink.values()].map((playback) => playback.at(now));
        others.push({ session, user, cursor: trail.at(now), tool, selection, viewport, liveInk });
      }
      return others;
    },
    moving: (now) => {
      for (const { trail, ink } of present.values()) {
        if (trail.moving(now)) return true;
        for (const playback of ink.values()) if (playback.moving(now)) return true;
      }
      return false;
    },
  };
};
