import { isDeepStrictEqual } from 'node:util';
import {
  apply,
  applySnapshot,
  applyUpdate,
  type Board,
  beginGesture,
  boundsOf,
  type Contents,
  createBoard,
  decodeInk,
  difference,
  digestOf,
  type Effect,
  type Element,
  type ElementId,
  EMPTY_CONTENTS,
  encodeSnapshot,
  encodeStateVector,
  encodeUpdate,
  type Gesture,
  isEmptyChange,
  moveElements,
  readContents,
} from '@inkwire/core';
import * as Y from 'yjs';
import { DEEDS, GAUGE } from './board-deeds.js';
import { createBoardModel } from './board-model.js';
import type { SeededRandom } from './seeded-random.js';

/** What a run did, by name. */
export type Counts = Record<string, number>;

/** One person at a board, and all that is checked about them. */
interface Person {
  board: Board;
  /** Updates of others that have not arrived yet. */
  inbox: Uint8Array[];
  /** What the board's effects add up to. */
  folded: Contents;
  /** What somebody sees who looks again only at what effects say has changed. */
  mirror: Map<ElementId, Element>;
  gesture: Gesture<number> | null;
  restores: (() => void)[];
  clockSkew: number;
}

const fail = (what: string): never => {
  throw new Error(what);
};

const QUICK = 20;

/** Some people on one board, over a network that loses, doubles and delays what they send. */
export const createBoardRoom = (people: number, random: SeededRandom) => {
  const counts: Counts = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const model = createBoardModel();
  const written: ElementId[] = [];
  let now = 1_700_000_000_000;
  const everyone: Person[] = [];

  const watch = (person: Person): void => {
    const { board } = person;
    board.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === NETWORK) return;
      for (const other of everyone) {
        if (other === person || random.chance(0.1)) continue;
        other.inbox.push(update);
        if (random.chance(0.1)) other.inbox.push(update);
      }
    });
    board.subscribe((effect) => {
      person.folded = apply(person.folded, effect.change);
      for (const id of effect.touched) {
        const element = board.get(id);
        if (element === undefined) person.mirror.delete(id);
        else person.mirror.set(id, element);
      }
      if (effect.local) note(board, effect);
    });
    board.onConflict((conflict) => {
      count('conflicts');
      person.restores.push(conflict.restore);
    });
  };

  const note = (board: Board, effect: Effect): void => {
    model.add(board, effect);
    for (const id of effect.change.births.keys()) written.push(id);
  };

  const open = (person: Omit<Person, 'board' | 'folded' | 'mirror'>, snapshot: Uint8Array | null): Person => {
    const doc = new Y.Doc();
    // Zero is what stands for several writers.
    doc.clientID = 1 + random.below(2 ** 32 - 1);
    const board = createBoard({
      doc,
      clock: () => now + person.clockSkew,
      random: random.bytes,
      user: `user-${doc.clientID}`,
      kinds: [GAUGE],
    });
    const opened: Person = Object.assign(person, { board, folded: EMPTY_CONTENTS, mirror: new Map() });
    watch(opened);
    if (snapshot !== null) applySnapshot(board, snapshot, NETWORK);
    return opened;
  };

  for (let index = 0; index < people; index += 1) {
    const clockSkew = random.below(4_000) - 2_000;
    everyone.push(open({ inbox: [], gesture: null, restores: [], clockSkew }, null));
  }

  const act = (person: Person): void => {
    const { board } = person;
    const name = random.pick(Object.keys(DEEDS));
    const change = DEEDS[name]?.(board, random, written);
    if (change === null || change === undefined || isEmptyChange(change)) return;
    const before = random.below(QUICK) === 0 ? readContents(board.doc) : null;
    board.commit(change, random.chance(0.2) ? { undo: random.pick(['merge', 'none']) } : {});
    count(name);
    if (before !== null && !isDeepStrictEqual(apply(before, change), readContents(board.doc))) {
      fail(`Committing is not the same as applying: ${name}`);
    }
  };

  const gesture = (person: Person): void => {
    if (person.gesture === null) {
      const elements = [...person.board.elements()];
      if (elements.length === 0) return;
      person.gesture = beginGesture(person.board, {
        ids: [random.pick(elements).id, random.pick(elements).id],
        evaluate: (held, dx: number) =>
          moveElements(
            person.board,
            held.map(({ id }) => id),
            dx,
            0,
          ),
      });
      return;
    }
    person.gesture.update(random.below(100));
    person.gesture.preview();
    if (random.chance(0.5)) return;
    if (random.chance(0.8)) count(person.gesture.commit() ? 'gestures' : 'empty gestures');
    else person.gesture.cancel();
    person.gesture = null;
  };

  const receive = (person: Person): void => {
    const most = 1 + random.below(6);
    for (let taken = 0; taken < most && person.inbox.length > 0; taken += 1) {
      const [update] = person.inbox.splice(random.chance(0.7) ? 0 : random.below(person.inbox.length), 1);
      if (update !== undefined) applyUpdate(person.board, update, NETWORK);
      count('updates');
    }
  };

  /** What was lost on the way is asked for, as a client does on a gap. */
  const pull = (person: Person, from: Person): void => {
    applyUpdate(person.board, encodeUpdate(from.board, encodeStateVector(person.board)), NETWORK);
    count('pulls');
  };

  const reload = (index: number, person: Person): void => {
    const snapshot = encodeSnapshot(person.board);
    person.gesture?.cancel();
    person.board.destroy();
    const { inbox, clockSkew } = person;
    everyone[index] = open({ inbox, gesture: null, restores: [], clockSkew }, snapshot);
    count('reloads');
  };

  const step = (): void => {
    now += random.below(50);
    const index = random.below(everyone.length);
    const person = everyone[index] as Person;
    const roll = random.next();
    if (roll < 0.5) act(person);
    else if (roll < 0.6) count(person.board.undo() ? 'undos' : 'empty undos');
    else if (roll < 0.65) count(person.board.redo() ? 'redos' : 'empty redos');
    else if (roll < 0.72) gesture(person);
    else if (roll < 0.94) receive(person);
    else if (roll < 0.97) pull(person, random.pick(everyone));
    else if (roll < 0.98) reload(index, person);
    else person.restores.pop()?.();
    if (random.below(QUICK) === 0) checkFold(everyone[index] as Person);
  };

  const checkFold = ({ board, folded }: Person): void => {
    if (!isDeepStrictEqual(folded, readContents(board.doc))) {
      const left = difference(folded, readContents(board.doc));
      fail(
        `C3: effects do not add up to the document: ${[...left.births.keys(), ...left.writes.keys(), ...left.texts.keys()].join(', ')}`,
      );
    }
    count('checks of effects');
  };

  const settle = (): void => {
    for (const person of everyone) {
      person.inbox.length = 0;
      for (const other of everyone) if (other !== person) pull(person, other);
    }
  };

  /** Everything that must hold once everyone has everything. */
  const check = (): void => {
    settle();
    const [first] = everyone as [Person];
    const digest = digestOf(first.board.doc);
    const elements = [...first.board.elements()];
    for (const person of everyone) {
      const { board } = person;
      checkFold(person);
      if (digestOf(board.doc) !== digest) fail('Two documents have different digests');
      if (!isDeepStrictEqual([...board.elements()], elements)) fail('Two boards look different');
      const fresh = createBoard({ doc: board.doc, kinds: [GAUGE] });
      if (!isDeepStrictEqual([...fresh.elements()], elements)) fail('A board read anew looks different');
      fresh.destroy();
      if (person.mirror.size !== elements.length)
        fail(`touched left out ${Math.abs(person.mirror.size - elements.length)} elements`);
      for (const element of elements) {
        if (!isDeepStrictEqual(person.mirror.get(element.id), element))
          fail(`touched left out ${element.id}`);
      }
      const difference = model.compare(board);
      if (difference !== null) fail(`The model differs: ${difference}`);
      if (board.ignored > 0) fail('A value of ours could not be read');
    }
    for (const element of elements) checkElement(first.board, element);
    count('checks of all');
  };

  const checkElement = (board: Board, element: Element): void => {
    const { minX, minY, maxX, maxY } = boundsOf(element, board.recall);
    if (element.kind !== 'group') {
      if (![minX, minY, maxX, maxY].every(Number.isFinite)) fail(`${element.id} has no bounds`);
      if (
        !board.query({ minX, minY, maxX: minX, maxY: minY }).length &&
        !board.query({ minX, minY, maxX, maxY }).includes(element)
      ) {
        fail(`${element.id} is not found where it is`);
      }
    }
    if (element.kind === 'unknown') fail(`${element.id} is of an unknown kind`);
    if (element.kind === 'stroke') decodeInk(element.ink);
  };

  return { step, check, counts, size: () => everyone[0]?.board.size ?? 0 };
};

/** The origin of what others sent. */
const NETWORK = Symbol('network');
