/**
 * What both see when two people do something to one element at once: the table of the project's `docs/spec.md`, which says
 * what is written here. A test plays each pair on two boards.
 */

/** What a person can do to an element. */
export const EDITS = [
  'move',
  'resize',
  'rotate',
  'restyle',
  'reorder',
  'group',
  'ungroup',
  'reparent',
  'bind',
  'write',
  'erase part',
  'lock',
  'remove',
] as const;

export type Edit = (typeof EDITS)[number];
export type Deed = Edit | `undo ${Edit}`;

/**
 * - `both`: what each did holds.
 * - `newer`: what the newer one did holds; the other person is told and can bring theirs back.
 * - `gone`: the element is removed, and what the other person did waits underneath: they are told and can bring it back
 *   with that.
 * - `quietly gone`: the same, but nothing is told, since nothing of theirs waits.
 * - `earlier`: what was done last is undone, what was done before it stays.
 * - `never`: the second cannot be done on what the first leads back to.
 */
export type Outcome = 'both' | 'newer' | 'gone' | 'quietly gone' | 'earlier' | 'never';

/** Pairs with one outcome: each of `one` with each of `other`, or each with itself. */
export interface Meeting {
  readonly one: readonly Deed[];
  readonly other: readonly Deed[] | 'the same';
  readonly outcome: Outcome;
  /** The outcome in a sentence, for people. */
  readonly see: string;
}

/** Edits at the same moment. Of a pair that is in no line, both hold: {@link OTHERWISE}. */
export const MEETINGS: readonly Meeting[] = [
  {
    one: ['move', 'resize', 'rotate', 'restyle', 'reorder', 'bind'],
    other: 'the same',
    outcome: 'newer',
    see: 'The newer one. Who did the other is told, and one step brings theirs back.',
  },
  {
    one: ['group', 'reparent'],
    other: ['group', 'ungroup', 'reparent'],
    outcome: 'newer',
    see: 'The element lies where the newer one put it; what else was grouped, or taken apart, is so. Who did the other is told, and one step brings theirs back.',
  },
  {
    one: ['remove'],
    other: [
      'move',
      'resize',
      'rotate',
      'restyle',
      'reorder',
      'group',
      'ungroup',
      'reparent',
      'write',
      'erase part',
      'lock',
    ],
    outcome: 'gone',
    see: 'It is gone. Who did the other is told, and one step brings it back with what they did; so does the next letter of who writes in it.',
  },
  {
    one: ['remove'],
    other: ['bind'],
    outcome: 'both',
    see: 'It is gone, and the end of the line stays where it was; if it comes back, the line is bound to it.',
  },
  {
    one: ['bind'],
    other: ['move', 'resize', 'rotate'],
    outcome: 'both',
    see: 'Both: the end of the line is where the element is now.',
  },
  {
    one: ['write'],
    other: 'the same',
    outcome: 'both',
    see: 'Both texts, one after the other where they were written at one place.',
  },
  {
    one: ['erase part'],
    other: 'the same',
    outcome: 'both',
    see: 'Both parts are erased.',
  },
  {
    one: ['lock', 'ungroup', 'remove'],
    other: 'the same',
    outcome: 'both',
    see: 'It is locked, taken apart, removed, as by one of them.',
  },
];

export const OTHERWISE = 'Both.';

/** An undo of something that both have seen, while the other person does something. */
export const UNDO_MEETINGS: readonly Meeting[] = [
  {
    one: ['undo write'],
    other: ['remove'],
    outcome: 'quietly gone',
    see: 'It is gone, and nobody is told: there is nothing to bring back.',
  },
  {
    one: ['undo remove'],
    other: ['write', 'bind', 'ungroup'],
    outcome: 'both',
    see: 'Both: it is back, with what the other person did.',
  },
  {
    one: ['undo remove'],
    other: [
      'move',
      'resize',
      'rotate',
      'restyle',
      'reorder',
      'group',
      'reparent',
      'erase part',
      'lock',
      'remove',
    ],
    outcome: 'never',
    see: 'It is back; until then the other person cannot do anything to it.',
  },
  {
    one: ['undo lock'],
    other: ['lock'],
    outcome: 'never',
    see: 'It is unlocked; it cannot be locked twice.',
  },
  {
    one: ['undo ungroup', 'undo reparent'],
    other: ['ungroup'],
    outcome: 'never',
    see: 'It lies where it lay; there is no group around it to be taken apart until then.',
  },
];

export const UNDO_OTHERWISE =
  'As if the undo were that edit itself, made now: where the newer one holds, the element is as it was before that edit, or as the other person has it.';

/** Two undos: of the first by who did it, and of the second, which the other person did after they had seen the first. */
export const UNDO_BOTH_MEETINGS: readonly Meeting[] = [
  {
    one: [
      'undo move',
      'undo resize',
      'undo rotate',
      'undo restyle',
      'undo reorder',
      'undo bind',
      'undo reparent',
    ],
    other: 'the same',
    outcome: 'earlier',
    see: 'What was done last is undone, and what was done before it stays: it was no longer to be seen when its undo came.',
  },
  {
    one: ['undo group'],
    other: ['undo ungroup'],
    outcome: 'earlier',
    see: 'The group is there again.',
  },
  {
    one: ['undo ungroup'],
    other: ['undo reparent'],
    outcome: 'earlier',
    see: 'It lies in no group, as after it was taken apart; what else was in the group lies in it again.',
  },
  {
    one: ['undo lock', 'undo ungroup', 'undo remove'],
    other: 'the same',
    outcome: 'never',
    see: 'Only who did it first can undo it: the other did nothing.',
  },
];

export const UNDO_BOTH_OTHERWISE = 'Both are undone.';

const matches = ({ one, other }: Meeting, first: Deed, second: Deed): boolean =>
  other === 'the same'
    ? first === second && one.includes(first)
    : one.includes(first) && other.includes(second);

const find = (meetings: readonly Meeting[], first: Deed, second: Deed): Outcome | undefined =>
  (
    meetings.find((meeting) => matches(meeting, first, second)) ??
    meetings.find((meeting) => matches(meeting, second, first))
  )?.outcome;

/** What the table says of two edits. */
export const outcomeOf = (first: Edit, second: Edit): Outcome => find(MEETINGS, first, second) ?? 'both';

/** What it says of the undo of one while somebody does another. */
export const undoOutcomeOf = (undone: Edit, other: Edit): Outcome =>
  find(UNDO_MEETINGS, `undo ${undone}`, other) ?? outcomeOf(undone, other);

/** What it says of two undos; `first` was done before `second`. */
export const undoBothOutcomeOf = (first: Edit, second: Edit): Outcome =>
  find(UNDO_BOTH_MEETINGS, `undo ${first}`, `undo ${second}`) ?? 'both';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tableOf = (heads: readonly string[], meetings: readonly Meeting[], otherwise: string): string =>
  [
    row(...heads),
    row(...heads.map(() => '---')),
    ...meetings.map(({ one, other, see }) =>
      row(one.join(', '), other === 'the same' ? other : other.join(', '), see),
    ),
    row('anything else', '', otherwise),
  ].join('\n');

/** The tables as Markdown, as `docs/spec.md` has them. */
export const concurrentEditsMarkdown = (): string =>
  [
    tableOf(['one person', 'the other', 'what both see'], MEETINGS, OTHERWISE),
    tableOf(['one person', 'the other', 'what both see'], UNDO_MEETINGS, UNDO_OTHERWISE),
    tableOf(['one person', 'the other, later', 'what both see'], UNDO_BOTH_MEETINGS, UNDO_BOTH_OTHERWISE),
  ].join('\n\n');
