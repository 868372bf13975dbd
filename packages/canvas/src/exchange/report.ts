import type { TakenIn } from './exchange.js';

/** Bubbles from the board's element when a person wants to see what came of taking something in; its detail is a {@link TakenIn}. */
export const REPORT_EVENT = 'inkwire-report';

/** Everything that is to be said, in sentences: errors first. */
export function sentencesOf({ remarks, errors }: TakenIn): string[] {
  return [...errors.map(({ message }) => message), ...remarks.map(({ message }) => message)];
}

/** What there is to say if it is little, else that not all is as it was; the report says what. */
export function summaryOf(taken: TakenIn): string {
  const { ids, errors } = taken;
  const [only = '', ...others] = sentencesOf(taken);
  if (others.length === 0) return only;
  if (errors.length > 0) return 'Some of it came in, and some could not.';
  return ids.length === 1
    ? 'It came in, but not quite as it was.'
    : 'All of it came in, not quite as it was.';
}

/** Shows the report; false where nobody does. */
export function showReport(container: HTMLElement, taken: TakenIn): boolean {
  const event = new CustomEvent<TakenIn>(REPORT_EVENT, { bubbles: true, cancelable: true, detail: taken });
  return !container.dispatchEvent(event);
}
