import { type ElementId, moveElements, removeElements } from '@inkwire/core';
import type { Clock } from '../clock.js';
import { draw, sameContent, until } from './drawing.js';
import { createFastClock } from './fast-clock.js';
import type { Client, Rig } from './rig.js';

/** One step of a script; `who` picks a client, `which` one of the elements that it sees. */
export type Step =
  | { readonly do: 'draw'; readonly who: number }
  | { readonly do: 'move' | 'remove'; readonly who: number; readonly which: number }
  | { readonly do: 'burst'; readonly who: number; readonly count: number }
  /** The network is gone, for HTTP and Pusher, and comes back. */
  | { readonly do: 'leave' | 'return'; readonly who: number }
  /** The server cannot be reached, though Pusher can, until the page returns or another one opens. */
  | { readonly do: 'mute'; readonly who: number }
  /** Only the answers get lost: the server has done what it was asked. */
  | { readonly do: 'lose answers'; readonly who: number; readonly count: number }
  | { readonly do: 'cut'; readonly who: number }
  /** The page closes properly and another one opens. */
  | { readonly do: 'reload'; readonly who: number }
  /** The page is gone between two instructions, and another one opens. */
  | { readonly do: 'crash'; readonly who: number }
  /** Stored, but Pusher's HTTP API is not there to announce it. */
  | { readonly do: 'silence'; readonly ms: number }
  | { readonly do: 'wait'; readonly ms: number };

export interface Script {
  readonly people: number;
  readonly steps: readonly Step[];
}

interface Actor {
  client: Client;
  readonly user: string;
  offline: boolean;
  mute: boolean;
  loseAnswers: number;
  /** Set when the page is gone: nothing of it runs any more. */
  end: () => void;
}

/** Time goes this much faster for the clients, so that a script with retries takes a fraction of a second. */
export const SPEED = 5;

/** A clock that can lose everything it was asked for so far. */
const forgetful = (clock: Clock): { clock: Clock; forget: () => void } => {
  let forgotten = {};
  return {
    forget: () => {
      forgotten = {};
    },
    clock: {
      now: clock.now,
      after: (ms, task) => {
        const then = forgotten;
        return clock.after(ms, () => {
          if (then === forgotten) task();
        });
      },
    },
  };
};

/** No document of ours ever waits inside Yjs for what is missing (L10, F8). */
const checkNothingPending = (actors: readonly Actor[]): void => {
  for (const { client, user } of actors) {
    const { pendingStructs, pendingDs } = client.board.doc.store;
    if (pendingStructs || pendingDs) throw new Error(`The document of ${user} has something pending.`);
  }
};

/**
 * Plays a script on its own board, then lets everybody come back and says what is wrong, if anything: boards that differ,
 * or a change that was confirmed and is gone.
 */
export const play = async (rig: Rig, board: string, { people, steps }: Script): Promise<string | null> => {
  const actors: Actor[] = [];
  /** Strokes that the server confirmed, and that nobody asked to remove. */
  const confirmed = new Set<ElementId>();
  const removed = new Set<ElementId>();

  const open = (actor: Actor): void => {
    const { clock, forget } = forgetful(createFastClock(SPEED));
    let gone = false;
    const flaky: typeof fetch = async (input, init) => {
      if (actor.offline || actor.mute || gone) throw new TypeError('The network is gone.');
      const response = await fetch(input, init);
      if (actor.loseAnswers > 0 && init?.method === 'POST') {
        actor.loseAnswers -= 1;
        throw new TypeError('The answer got lost.');
      }
      if (gone) return new Promise(() => {});
      return response;
    };
    actor.client = rig.client(board, { user: actor.user, fetch: flaky, clock });
    const { client } = actor;
    const waiting: ElementId[] = [];
    client.board.subscribe(({ local, touched }) => {
      if (local) waiting.push(...touched);
    });
    client.connection.on('status', ({ saving }) => {
      if (saving !== 'saved' || gone) return;
      for (const id of waiting.splice(0)) confirmed.add(id);
    });
    actor.end = () => {
      gone = true;
      forget();
    };
  };

  const crash = (actor: Actor): void => {
    actor.end();
    rig.pusher.faults.cut({ userId: actor.user, channel: `presence-board-${board}` });
    // Only its sockets and listeners are cleared away: what it had begun is forgotten, and nothing reaches the server.
    actor.client.connection.destroy();
  };

  for (let index = 0; index < people; index += 1) {
    const actor = { user: `${board}-${index}`, offline: false, mute: false, loseAnswers: 0 } as Actor;
    actors.push(actor);
    open(actor);
  }

  const pick = (actor: Actor, which: number): ElementId | undefined => {
    const ids = [...actor.client.board.elements()].map(({ id }) => id);
    return ids[which % Math.max(1, ids.length)];
  };

  const take = async (step: Step): Promise<void> => {
    if (step.do === 'wait') {
      await new Promise((resolve) => setTimeout(resolve, step.ms));
      return;
    }
    if (step.do === 'silence') {
      rig.pusher.faults.stopHttp({ status: 503 });
      setTimeout(() => rig.pusher.faults.startHttp(), step.ms);
      return;
    }
    const actor = actors[step.who % actors.length] as Actor;
    const { board: target, page } = actor.client;
    if (step.do === 'draw') draw(target);
    else if (step.do === 'burst') for (let index = 0; index < step.count; index += 1) draw(target, 3);
    else if (step.do === 'move' || step.do === 'remove') {
      const id = pick(actor, step.which);
      if (!id) return;
      if (step.do === 'remove') removed.add(id);
      target.commit(
        step.do === 'move' ? moveElements(target, [id], step.which, 5) : removeElements(target, [id]),
      );
    } else if (step.do === 'leave') {
      actor.offline = true;
      page.say('offline');
      rig.pusher.faults.cut({ userId: actor.user });
    } else if (step.do === 'return') {
      actor.offline = false;
      actor.mute = false;
      page.say('online');
    } else if (step.do === 'mute') actor.mute = true;
    else if (step.do === 'lose answers') actor.loseAnswers += step.count;
    else if (step.do === 'cut') rig.pusher.faults.cut({ userId: actor.user });
    else if (step.do === 'reload') {
      await actor.client.connection.destroy();
      open(actor);
    } else {
      crash(actor);
      actor.mute = false;
      open(actor);
    }
  };

  try {
    for (const step of steps) {
      await take(step);
      checkNothingPending(actors);
    }
    for (const actor of actors) {
      actor.offline = false;
      actor.mute = false;
      actor.loseAnswers = 0;
      actor.client.page.say('online');
    }
    const clients = actors.map(({ client }) => client);
    await until(clients, 'all live', () =>
      clients.every(({ connection: { status } }) => status.connection === 'live'),
    );
    // Whatever anybody missed shows in what is drawn next, through numbers alone.
    draw((clients[0] as Client).board);
    await until(clients, 'all saved, level and equal', () =>
      clients.every(
        ({ connection: { status }, board: { doc } }) =>
          status.saving === 'saved' && status.level && sameContent(doc, (clients[0] as Client).board.doc),
      ),
    );
    checkNothingPending(actors);
    for (const { errors } of clients) if (errors.includes('diverged')) return 'A digest differs.';
    const fresh = rig.client(board, { user: `${board}-fresh` });
    await until([fresh], 'a fresh client is equal', () =>
      sameContent(fresh.board.doc, (clients[0] as Client).board.doc),
    );
    for (const id of confirmed)
      if (!removed.has(id) && !fresh.board.get(id)) return `The confirmed stroke ${id} is gone.`;
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await rig.endClients(board);
  }
};
