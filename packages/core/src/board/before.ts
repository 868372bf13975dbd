import type { Element } from '../element/element.js';
import type { ElementRecord } from './record.js';

/** A record that is about to change, as it was. */
export interface Before {
  readonly record: ElementRecord;
  readonly shown: boolean;
  readonly element: Element | null | undefined;
}

export const remember = (record: ElementRecord): Before => ({
  record,
  shown: record.shown,
  element: record.element,
});

/** Whether an element that only others changed looks different now: a line follows what it is bound to. */
export const looksDifferent = (before: Element | null | undefined, now: Element | null): boolean =>
  !before || !now || before.parent !== now.parent || now.kind === 'line' || now.kind === 'arrow';
