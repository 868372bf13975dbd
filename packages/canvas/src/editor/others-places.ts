import type { Board, Participant, TextDelta, TextPlace } from '@inkwire/core';
import type { TextSelection } from './text-session.js';
import { movedIndex } from './text-splice.js';

/**
 * Where the others write, in the texts as they are here. They tell it now and then, as a count of letters; until they tell
 * again, a place goes with the letters that it is between.
 */
export interface OthersPlaces {
  of(participant: Pick<Participant, 'session' | 'user'>, told: TextPlace): TextSelection;
  forget(session: string): void;
  destroy(): void;
}

interface Known {
  readonly told: TextPlace;
  readonly user: string;
  now: TextSelection;
}

export function createOthersPlaces(board: Board): OthersPlaces {
  const places = new Map<string, Known>();
  const unsubscribe = board.subscribe(({ change, user }) => {
    for (const place of places.values()) {
      const delta = change.texts.get(place.told.element);
      if (delta !== undefined) place.now = user === place.user ? behind(delta) : moved(place.now, delta);
    }
  });

  return {
    of({ session, user }, told) {
      const known = places.get(session);
      if (known !== undefined && samePlace(known.told, told)) return known.now;
      places.set(session, { told, user: user.id, now: told });
      return told;
    },
    forget: (session) => void places.delete(session),
    destroy() {
      unsubscribe();
      places.clear();
    },
  };
}

function samePlace(a: TextPlace, b: TextPlace): boolean {
  return a.element === b.element && a.anchor === b.anchor && a.caret === b.caret;
}

function moved({ anchor, caret }: TextSelection, delta: TextDelta): TextSelection {
  return { anchor: movedIndex(anchor, delta), caret: movedIndex(caret, delta) };
}

/** Who wrote something is behind it, whether they had told of that already or not. */
function behind(delta: TextDelta): TextSelection {
  let at = 0;
  let last = 0;
  for (const step of delta) {
    if ('retain' in step) at += step.retain;
    else {
      if ('insert' in step) at += step.insert.length;
      last = at;
    }
  }
  return { anchor: last, caret: last };
}
