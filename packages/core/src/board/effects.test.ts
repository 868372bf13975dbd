import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { apply } from '../change/apply.js';
import type { Change } from '../change/change.js';
import { type Contents, EMPTY_CONTENTS } from '../change/contents.js';
import { transform } from '../change/transform.js';
import { changeOf, type Deed, deeds, newestStamp, registerDeeds } from '../testing/arbitrary-change.js';
import { boardOf } from '../testing/boards.js';
import type { Board } from './board.js';
import { readContents } from './read-contents.js';

/** One person with a board, what its effects add up to, and what others sent that has not arrived. */
interface Person {
  readonly board: Board;
  folded: Contents;
  last: Change | null;
  readonly inbox: Uint8Array[];
}

/** People 1, 2, …, whose updates reach the others' inboxes. Clocks stand still, so that stamps often tie. */
const gather = (count: number): Person[] => {
  const people = Array.from({ length: count }, (_, index): Person => {
    const board = boardOf(index + 1, { clock: () => 0 });
    return { board, folded: EMPTY_CONTENTS, last: null, inbox: [] };
  });
  for (const person of people) {
    const { board } = person;
    board.subscribe(({ change }) => {
      person.last = change;
      person.folded = apply(person.folded, change);
      expect(person.folded).toEqual(readContents(board.doc));
    });
    board.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'network') return;
      for (const other of people) if (other !== person) other.inbox.push(update);
    });
  }
  return people;
};

/** Writing in an element takes the element. */
const onBoard = (contents: Contents, change: Change): Change => ({
  ...change,
  texts: new Map([...change.texts].filter(([id]) => contents.births.has(id) || change.births.has(id))),
});

const commit = (person: Person, ahead: number, list: readonly Deed[]): void => {
  const { board } = person;
  const before = readContents(board.doc);
  // An update that came too early shows its deletions alone: the board has seen stamps that its contents lack.
  const hidden = board.stamp() - 1 - newestStamp(before);
  const change = onBoard(before, changeOf(before, board.writer, ahead + hidden, list));
  person.last = null;
  board.commit(change);
  expect(readContents(board.doc)).toEqual(apply(before, change));
  const { births, writes, writer } = person.last ?? change;
  expect({ births, writes, writer }).toEqual({
    births: change.births,
    writes: change.writes,
    writer: board.writer,
  });
};

const receive = ({ board, inbox }: Person, place: number, twice: boolean): void => {
  const [update] = inbox.splice(place % Math.max(inbox.length, 1), 1);
  if (update === undefined) return;
  Y.applyUpdate(board.doc, update, 'network');
  if (twice) Y.applyUpdate(board.doc, update, 'network');
};

const event = fc.oneof(
  fc.record({ type: fc.constant('commit' as const), who: fc.nat(2), ahead: fc.nat(2), list: deeds }),
  fc.record({ type: fc.constant('receive' as const), who: fc.nat(2), place: fc.nat(9), twice: fc.boolean() }),
);

describe('effects', () => {
  it('C3: add up to the document after every transaction, late, doubled and out of order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const people = gather(3);
        for (const step of events) {
          const person = people[step.who]!;
          if (step.type === 'commit') commit(person, step.ahead, step.list);
          else receive(person, step.place, step.twice);
        }
        for (const person of people) while (person.inbox.length > 0) receive(person, 0, false);
        const [first, ...others] = people.map(({ folded }) => folded);
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });

  it('C4: what any number of people wrote at once merges as the algebra says', () => {
    const made = fc.record({ ahead: fc.nat(2), list: registerDeeds });
    fc.assert(
      fc.property(
        registerDeeds,
        fc.array(made, { minLength: 2, maxLength: 5 }),
        fc.nat(),
        (base, changes, turn) => {
          const people = gather(changes.length);
          commit(people[0]!, 0, base);
          for (const person of people.slice(1)) receive(person, 0, false);
          const start = readContents(people[0]!.board.doc);
          changes.forEach(({ ahead, list }, index) => {
            commit(people[index]!, ahead, list);
          });
          const committed = changes.map(({ ahead, list }, index) => changeOf(start, index + 1, ahead, list));
          // Each change over all that came before it, in any order of the people.
          const order = committed.map((_, index) => committed[(index + turn) % committed.length]!);
          let merged = start;
          const passed: Change[] = [];
          for (const change of order) {
            // What came before was itself moved over what came before it.
            const moved = passed.reduce((rebased, other) => transform(rebased, other), change);
            merged = apply(merged, moved);
            passed.push(moved);
          }
          for (const person of people) {
            while (person.inbox.length > 0) receive(person, turn, false);
            expect(person.folded).toEqual(merged);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
