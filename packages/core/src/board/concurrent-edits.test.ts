import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isEmptyChange } from '../change/change.js';
import { moveElements } from '../edit/move.js';
import { styleElements } from '../edit/style.js';
import { mapPoint, toPage } from '../element/geometry/placement.js';
import type { Point } from '../element/geometry.js';
import { boardOf } from '../testing/boards.js';
import {
  concurrentEditsMarkdown,
  type Deed,
  EDITS,
  type Edit,
  type Outcome,
  outcomeOf,
  undoBothOutcomeOf,
  undoOutcomeOf,
} from '../testing/concurrent-edits.js';
import { drawSubject, EDIT, SHOWS, type Subject, type Who } from '../testing/edits.js';
import type { Board } from './board.js';
import type { Conflict } from './conflict.js';

const HOUR = 3_600_000;

/** How what two people do meets: they hear each other all the time, or one of them is away for hours. */
const WAYS = ['online', 'the first offline', 'the second offline'] as const;
type Way = (typeof WAYS)[number];

interface Person {
  readonly board: Board;
  readonly told: Conflict[];
  readonly sent: Uint8Array[];
}

/** Two people with the same elements before them. */
const meet = (one: Edit, other: Edit) => {
  const clock = { now: 1_700_000_000_000 };
  const personOf = (clientID: number): Person => {
    const person: Person = { board: boardOf(clientID, { clock: () => clock.now }), told: [], sent: [] };
    person.board.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') person.sent.push(update);
    });
    person.board.onConflict((conflict) => person.told.push(conflict));
    return person;
  };
  const people = [personOf(1), personOf(2)] as const;
  const pair = [one, other];
  const kind = pair.includes('erase part') ? 'stroke' : 'shape';
  const subject = drawSubject(people[0].board, kind, pair.includes('ungroup'));
  exchange(people);
  return { clock, people, subject };
};

/** What each has sent reaches the other, one by one. */
const exchange = (people: readonly [Person, Person]): void => {
  const [ofFirst, ofSecond] = people.map(({ sent }) => sent.splice(0));
  for (const update of ofFirst ?? []) Y.applyUpdate(people[1].board.doc, update, 'network');
  for (const update of ofSecond ?? []) Y.applyUpdate(people[0].board.doc, update, 'network');
};

/** Somebody comes back and gets all that they missed at once; the other hears what they did meanwhile. */
const comeBack = (people: readonly [Person, Person], away: Who): void => {
  const [back, there] = [people[away], people[away === 0 ? 1 : 0]];
  const missed = Y.encodeStateAsUpdate(there.board.doc, Y.encodeStateVector(back.board.doc));
  Y.applyUpdate(back.board.doc, missed, 'network');
  there.sent.length = 0;
  exchange(people);
};

/** Each does something the other has not seen; `newer` is whose clock is ahead. Then both have everything. */
const atOnce = (
  { clock, people, subject }: ReturnType<typeof meet>,
  newer: Who,
  way: Way,
  deeds: readonly [(board: Board) => void, (board: Board) => void],
): void => {
  // Later than all that was done before, however fast.
  const start = clock.now + HOUR;
  const gap = way === 'online' ? 1 : HOUR;
  for (const who of [0, 1] as const) {
    clock.now = start + (who === newer ? gap : 0);
    deeds[who](people[who].board);
  }
  clock.now = start + 2 * gap;
  if (way === 'online') exchange(people);
  else {
    const away = way === 'the first offline' ? 0 : 1;
    // Life goes on elsewhere meanwhile.
    const { board } = people[away === 0 ? 1 : 0];
    board.commit(styleElements(board, [subject.arrow], { color: '#112233' }));
    comeBack(people, away);
  }
};

const isUndo = (deed: Deed): boolean => deed.startsWith('undo ');

const shows = (board: Board, subject: Subject, deed: Deed, who: Who): boolean =>
  isUndo(deed)
    ? !SHOWS[deed.slice('undo '.length) as Edit](board, subject, who)
    : SHOWS[deed as Edit](board, subject, who);

type Deeds = readonly [Deed, Deed];

/** What both see, for one outcome and who was newer. */
const check = (
  { people, subject }: ReturnType<typeof meet>,
  deeds: Deeds,
  newer: Who,
  outcome: Outcome,
  what: string,
): void => {
  const onBoth = (expected: readonly (boolean | null)[], when: string): void => {
    for (const { board } of people) {
      const seen = deeds.map((deed, who) =>
        expected[who] === null ? null : shows(board, subject, deed, who as Who),
      );
      expect(seen, `${what}, ${when}`).toEqual(expected);
    }
    const [first, second] = people.map(({ board }) => [...board.elements()]);
    expect(second, what).toEqual(first);
  };
  const restore = (who: Who): void => {
    for (const conflict of people[who].told.splice(0)) conflict.restore();
    exchange(people);
  };
  const told = people.map(({ told }) => told.map(({ id, register }) => ({ id, register })));
  const older = newer === 0 ? 1 : 0;
  const pairOf = (ofOlder: boolean | null, ofNewer: boolean | null) =>
    newer === 1 ? [ofOlder, ofNewer] : [ofNewer, ofOlder];

  if (outcome === 'newer') {
    // An undo that lost is still not what it took back; one that won shows nothing of the other.
    onBoth(pairOf(isUndo(deeds[older]) || isUndo(deeds[newer]) ? null : false, true), 'then');
    expect([told[older]?.length, told[newer]], what).toEqual([1, []]);
    restore(older);
    onBoth(pairOf(true, isUndo(deeds[newer]) ? null : false), 'restored');
  } else if (outcome === 'gone' || outcome === 'quietly gone') {
    const remover = deeds.indexOf('remove') as Who;
    const other = remover === 0 ? 1 : 0;
    for (const { board } of people) expect(board.get(subject.id), what).toBeUndefined();
    const report = outcome === 'gone' ? [{ id: subject.id, register: 'removed' }] : [];
    expect([told[other], told[remover]], what).toEqual([report, []]);
    if (outcome === 'quietly gone') return;
    restore(other);
    onBoth(remover === 0 ? [false, true] : [true, false], 'restored');
  } else {
    // Of what was done earlier, the undo shows nothing.
    onBoth(outcome === 'both' ? [true, true] : [false, true], 'then');
    expect(told, what).toEqual([[], []]);
  }
};

/** What nobody else has touched is grouped, or taken apart, whoever was newer. */
const checkRest = (
  { people, subject }: ReturnType<typeof meet>,
  edits: readonly [Edit, Edit],
  what: string,
): void => {
  const { companions, groups, mate } = subject;
  for (const { board } of people) {
    edits.forEach((edit, who) => {
      if (edit === 'group') expect(board.get(companions[who as Who])?.parent, what).toBe(groups[who as Who]);
      if (edit === 'ungroup') expect(board.get(mate)?.parent, what).toBeNull();
    });
  }
};

/** Each pair of edits once, in the order of the list. */
const PAIRS = EDITS.flatMap((one, at) => EDITS.slice(at).map((other) => [one, other] as const));

/** What stands in the tables of a text, however they are padded. */
const cellsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('two people who do something to one element at once', () => {
  it('the rules that people read have the tables that are played here', () => {
    const spec = readFileSync(new URL('../../../../docs/spec.md', import.meta.url), 'utf8');
    const [, section = ''] = spec.split('## Two people at once\n');
    expect(cellsOf(section.split('\n## ')[0] ?? '')).toEqual(cellsOf(concurrentEditsMarkdown()));
  });

  for (const way of WAYS) {
    it(`C4, C7, C8: ${way}: see what the table says, whoever of them is newer`, () => {
      for (const [one, other] of PAIRS) {
        for (const newer of [0, 1] as const) {
          const meeting = meet(one, other);
          const { subject } = meeting;
          atOnce(meeting, newer, way, [
            (board) => board.commit(EDIT[one](board, subject, 0)),
            (board) => board.commit(EDIT[other](board, subject, 1)),
          ]);
          const what = `${one} and ${other}, the ${newer === 0 ? 'first' : 'second'} is newer`;
          check(meeting, [one, other], newer, outcomeOf(one, other), what);
          checkRest(meeting, [one, other], what);
        }
      }
    });

    it(`C6: ${way}: see what the table says when one of them undoes what both have seen`, () => {
      for (const undone of EDITS) {
        for (const other of EDITS) {
          // Over the three ways, each of them is the newer one.
          const newer = ((EDITS.indexOf(other) + WAYS.indexOf(way)) % 2) as Who;
          const meeting = meet(undone, other);
          const { people, subject } = meeting;
          people[0].board.commit(EDIT[undone](people[0].board, subject, 0));
          exchange(people);
          const outcome = undoOutcomeOf(undone, other);
          const change = EDIT[other](people[1].board, subject, 1);
          expect(isEmptyChange(change), `undo ${undone} and ${other}`).toBe(outcome === 'never');
          if (outcome === 'never') continue;
          atOnce(meeting, newer, way, [
            (board) => board.undo(),
            (board) => board.commit(EDIT[other](board, subject, 1)),
          ]);
          const what = `undo ${undone} and ${other}, the ${newer === 0 ? 'undo' : 'other'} is newer`;
          check(meeting, [`undo ${undone}`, other], newer, outcome, what);
        }
      }
    });
  }

  it('C6: see what the table says when both undo what they did one after the other', () => {
    for (const [one, other] of PAIRS) {
      const meeting = meet(one, other);
      const { people, subject } = meeting;
      people[0].board.commit(EDIT[one](people[0].board, subject, 0));
      exchange(people);
      const outcome = undoBothOutcomeOf(one, other);
      const change = EDIT[other](people[1].board, subject, 1);
      expect(isEmptyChange(change), `${one}, then ${other}`).toBe(outcome === 'never');
      people[1].board.commit(change);
      exchange(people);
      if (outcome === 'never') continue;
      atOnce(meeting, 1, 'online', [(board) => board.undo(), (board) => board.undo()]);
      const what = `undo ${one} and undo ${other}`;
      check(meeting, [`undo ${one}`, `undo ${other}`], 1, outcome, what);
    }
  });

  it('the end of a line is where the element is that it is bound to, and stays there until that is back', () => {
    for (const edit of ['move', 'resize', 'rotate', 'remove'] as const) {
      const meeting = meet('bind', edit);
      const { people, subject } = meeting;
      const isTied = (): void => {
        for (const { board } of people) {
          const [[x, y], [endX, endY]] = [middleOf(board, subject), endOf(board, subject)];
          expect(endX, edit).toBeCloseTo(x);
          expect(endY, edit).toBeCloseTo(y);
        }
      };
      atOnce(meeting, 0, 'online', [
        (board) => board.commit(EDIT.bind(board, subject, 0)),
        (board) => board.commit(EDIT[edit](board, subject, 1)),
      ]);
      isTied();
      people[1].board.undo();
      people[1].board.commit(moveElements(people[1].board, [subject.id], 7, 7));
      exchange(people);
      isTied();
      for (const { board } of people) expect(board.get(subject.id), edit).toBeDefined();
    }
  });
});

/** The middle of the subject, which may be removed. */
const middleOf = (board: Board, { id }: Subject): Point => {
  const element = board.recall(id);
  if (element === undefined) throw new Error('The subject must be there.');
  return mapPoint(toPage(element), [element.size[0] / 2, element.size[1] / 2]);
};

/** Where the arrow ends on the page. */
const endOf = (board: Board, { arrow }: Subject): Point => {
  const line = board.get(arrow);
  const end = line?.kind === 'arrow' ? line.points.at(-1) : undefined;
  if (line === undefined || end === undefined) throw new Error('The arrow must be there.');
  return [line.position[0] + end[0], line.position[1] + end[1]];
};
