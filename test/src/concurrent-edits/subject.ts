import { type ElementId, type NewElement, newElementId, type Point } from '@inkwire/core';
import type { Edit } from '../../../packages/core/src/testing/concurrent-edits.js';

/** Which of the two people it is: each does what they do a little differently, so that the two can be told apart. */
export type Who = 0 | 1;

/** The elements that a pair of edits meets on, alone in their part of the page. */
export interface Subject {
  /** What both do something to. */
  readonly id: ElementId;
  /** Where its part of the page begins, page units. */
  readonly origin: Point;
  /** What carries a text, and what a line can be bound to: the same, unless that is a stroke. */
  readonly shape: ElementId;
  readonly arrow: ElementId;
  /** What it lies in a group with, if it does. */
  readonly mate: ElementId | null;
  /** What each of them groups it with. */
  readonly companions: readonly [ElementId, ElementId];
  /** What each of them puts it into: one frame under it, and where both do it another one beside that. */
  readonly frames: readonly [ElementId, ElementId];
  /** Whether it lies over a frame: what is dragged there is put into it, and comes before it. */
  readonly isFramed: boolean;
}

/** The part of the page that one subject has, page units. */
export const CELL = { width: 740, height: 520 } as const;
/** Where a subject lies in its part, and how large it is before anybody did anything. */
export const POSITION: Point = [180, 190];
export const SIZE: Point = [80, 60];
export const CENTRE: Point = [220, 220];
/** So many parts lie side by side. */
const COLUMNS = 10;

/** What is to be drawn for the `index`th pair. */
export function drawSubject(
  index: number,
  pair: readonly [Edit, Edit],
): {
  readonly subject: Subject;
  readonly elements: readonly NewElement[];
  readonly group: readonly ElementId[];
} {
  const origin: Point = [(index % COLUMNS) * CELL.width, Math.floor(index / COLUMNS) * CELL.height];
  const elements: NewElement[] = [];
  const put = <Kind extends NewElement>(element: Kind): ElementId => {
    const id = newElementId();
    elements.push({ ...element, id });
    return id;
  };
  const at = ([x, y]: Point): Point => [origin[0] + x, origin[1] + y];
  const shape = (place: Point): ElementId =>
    put({ kind: 'shape', position: at(place), size: SIZE, fill: '#ffec99', text: 'note' });
  const frame = (place: Point): ElementId => put({ kind: 'frame', position: at(place), size: [300, 240] });

  const isFramed = pair.includes('reparent');
  const isStroke = pair.includes('erase part');
  // In paint order: the subject has something below and something above it.
  const frames = isFramed ? [frame([110, 120])] : [];
  if (pair.every((edit) => edit === 'reparent')) frames.push(frame([430, 120]));
  const [under = newElementId(), beside = under] = frames;
  const mate = pair.includes('ungroup') ? shape([20, 300]) : null;
  const below = shape([20, 20]);
  const written = shape(isStroke ? [20, 190] : POSITION);
  const id = isStroke ? stroke() : written;
  const above = shape([20, 420]);
  const arrow = put({ kind: 'arrow', points: [at([300, 40]), at([360, 80])] });

  function stroke(): ElementId {
    const points = [0, 1, 2, 3].map((step) => {
      const [x, y] = at([POSITION[0] + (step * SIZE[0]) / 3, POSITION[1] + (step * SIZE[1]) / 3]);
      return { x, y };
    });
    return put({ kind: 'stroke', points });
  }

  const subject: Subject = {
    ...{ id, origin, shape: written, arrow, mate, isFramed },
    companions: [below, above],
    frames: [under, beside],
  };
  return { subject, elements, group: mate === null ? [] : [id, mate] };
}
