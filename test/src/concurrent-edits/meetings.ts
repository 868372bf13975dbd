import {
  type Deed,
  EDITS,
  type Edit,
  type Outcome,
  outcomeOf,
  undoBothOutcomeOf,
  undoOutcomeOf,
} from '../../../packages/core/src/testing/concurrent-edits.js';
import type { Who } from './subject.js';

export type Pair = readonly [Edit, Edit];

/** Two people do something to one subject, and neither has seen what the other does. */
export interface Meeting {
  readonly pair: Pair;
  /** What both have seen before: who did what, in its order. */
  readonly before: readonly (readonly [who: Who, edit: Edit])[];
  readonly deeds: readonly [Deed, Deed];
  /** Who does what the table has in its first column. */
  readonly first: Who;
  /** Who does theirs later. */
  readonly newer: Who;
  readonly outcome: Outcome;
}

export const otherThan = (who: Who): Who => (who === 0 ? 1 : 0);

const inOrder = (first: Who, one: Deed, other: Deed): [Deed, Deed] =>
  first === 0 ? [one, other] : [other, one];

/** Each pair of edits once, in the order of the list. */
const PAIRS = EDITS.flatMap((one, at) => EDITS.slice(at).map((other): Pair => [one, other]));
const ORDERED_PAIRS = EDITS.flatMap((one) => EDITS.map((other): Pair => [one, other]));

/** Whether a hand can do both where neither is to be seen. An app can, with the board's functions. */
const canMeet = ([one, other]: Pair): boolean =>
  // A member of a group is not taken out of it by dragging, so nobody does that while somebody takes it apart.
  !(one === 'ungroup' && other === 'reparent');

/** Whether a hand can do `other` where `seen` is to be seen already. */
function canFollow([seen, other]: Pair): boolean {
  if (seen === 'group') return other !== 'reparent';
  // What is locked can be pointed at, and the group taken apart that it lies in.
  if (seen === 'lock') return other === 'bind' || other === 'ungroup';
  return seen !== 'remove' || other === 'ungroup';
}

/** Both by turns. */
const whoOf = (index: number, swapped: boolean): Who => ((index + Number(swapped)) % 2) as Who;

/**
 * The pairs of the table that hands can play: edits at once, undo of one of them, undo of both.
 *
 * @param swapped whether who is newer, and who undoes, is now the other one.
 */
export function meetingsOf(swapped: boolean): Meeting[] {
  const atOnce = PAIRS.filter(canMeet).map((pair, i): Meeting => {
    const newer = whoOf(i, swapped);
    return { pair, before: [], deeds: pair, first: 0, newer, outcome: outcomeOf(...pair) };
  });
  const undone = ORDERED_PAIRS.filter((pair) => undoOutcomeOf(...pair) !== 'never' && canFollow(pair));
  const undoOfOne = undone.map((pair, i): Meeting => {
    const [edit, other] = pair;
    const first = whoOf(i, swapped);
    const deeds = inOrder(first, `undo ${edit}`, other);
    return { pair, before: [[first, edit]], deeds, first, newer: 0, outcome: undoOutcomeOf(...pair) };
  });
  const bothUndone = PAIRS.filter((pair) => undoBothOutcomeOf(...pair) !== 'never' && canFollow(pair));
  const undoOfBoth = bothUndone.map((pair, i): Meeting => {
    const [edit, other] = pair;
    const first = whoOf(i, swapped);
    const before = [[first, edit] as const, [otherThan(first), other] as const];
    const deeds = inOrder(first, `undo ${edit}`, `undo ${other}`);
    return { pair, before, deeds, first, newer: 0, outcome: undoBothOutcomeOf(...pair) };
  });
  return [...atOnce, ...undoOfOne, ...undoOfBoth];
}
