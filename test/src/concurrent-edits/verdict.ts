import { type Meeting, otherThan } from './meetings.js';
import type { Elements } from './places.js';
import type { Told } from './room.js';
import { isUndo, shows, slack } from './shows.js';
import type { Subject, Who } from './subject.js';

const PEOPLE = ['Ana', 'Ben'] as const;

const nameOf = ({ deeds, before, newer }: Meeting): string => {
  const seen = before.map(([who, edit]) => `${PEOPLE[who]}'s ${edit}`);
  const what = ([0, 1] as const).map((who) => `${PEOPLE[who]}'s ${deeds[who]}`).join(' and ');
  return `${seen.length === 0 ? '' : `after ${seen.join(' and ')}: `}${what}, ${PEOPLE[newer]} is newer`;
};

/** What the screens show otherwise than the table says, once both have everything: a line each. */
export function differences(
  meeting: Meeting,
  subject: Subject,
  elements: Elements,
  told: readonly [readonly Told[], readonly Told[]],
): string[] {
  const { deeds, newer, outcome, first } = meeting;
  const older = otherThan(newer);
  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`${nameOf(meeting)}: ${what}`);
  };
  const isSeen = (who: Who) => shows(elements, subject, deeds[who], who);
  const own = new Set([subject.id, subject.shape, subject.arrow]);
  const registers = (who: Who) => told[who].filter(({ id }) => own.has(id)).map(({ register }) => register);
  const isTold = (who: Who, expected: boolean) =>
    check(
      registers(who).length > 0 === expected,
      `${PEOPLE[who]} is told of ${registers(who).join() || 'nothing'}`,
    );

  if (outcome === 'newer') {
    check(isSeen(newer), `${PEOPLE[newer]}'s does not show`);
    // An undo that lost is still not what it took back.
    if (!deeds.some(isUndo)) check(!isSeen(older), `${PEOPLE[older]}'s shows`);
    isTold(older, true);
    isTold(newer, false);
  } else if (outcome === 'gone' || outcome === 'quietly gone') {
    const remover: Who = deeds[0] === 'remove' ? 0 : 1;
    check(!elements.has(subject.id), 'it is still there');
    isTold(otherThan(remover), outcome === 'gone');
    isTold(remover, false);
  } else {
    // What was done last is undone, and of what was done before it the undo shows nothing.
    check(
      isSeen(first) === (outcome === 'both'),
      `${PEOPLE[first]}'s ${isSeen(first) ? 'shows' : 'does not show'}`,
    );
    check(isSeen(otherThan(first)), `${PEOPLE[otherThan(first)]}'s does not show`);
    isTold(0, false);
    isTold(1, false);
  }
  check(slack(elements, subject) < 1, 'the line does not end where it is bound');
  return wrong;
}

/** The same, once everybody has brought back theirs of what they were told. */
export function differencesRestored(meeting: Meeting, subject: Subject, elements: Elements): string[] {
  const { deeds, newer, outcome } = meeting;
  if (outcome !== 'newer' && outcome !== 'gone') return [];
  const mine = outcome === 'newer' ? otherThan(newer) : otherThan(deeds[0] === 'remove' ? 0 : 1);
  const theirs = otherThan(mine);
  const isBack = shows(elements, subject, deeds[mine], mine);
  const isOver = isUndo(deeds[theirs]) || !shows(elements, subject, deeds[theirs], theirs);
  return isBack && isOver ? [] : [`${nameOf(meeting)}: ${PEOPLE[mine]}'s does not come back`];
}
