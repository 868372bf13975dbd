import { type Element, plainText } from '@inkwire/core';
import type { Deed, Edit } from '../../../packages/core/src/testing/concurrent-edits.js';
import { ANCHORS, ANGLES, COLORS, distanceOf, PARTS, placeOf, SCALES, WORDS } from './by-hand.js';
import { add, type Elements, endOf, within } from './places.js';
import { POSITION, SIZE, type Subject, type Who } from './subject.js';

/** Whether what is on a board shows what one of the two did. */
type Shows = (elements: Elements, subject: Subject, who: Who) => boolean;

/** A mouse goes by whole pixels. */
const isNear = (a: number | undefined, b: number, slip = 1): boolean =>
  a !== undefined && Math.abs(a - b) <= slip;

/** Of a subject's own elements that are drawn, the first or the last in paint order. */
function outermostOf(elements: Elements, subject: Subject, end: 0 | -1): Element | undefined {
  const own = new Set([
    subject.id,
    subject.shape,
    subject.arrow,
    subject.mate,
    ...subject.companions,
    ...subject.frames,
  ]);
  return [...elements.values()].filter(({ id }) => own.has(id)).at(end);
}

const SHOWS: Readonly<Record<Edit, Shows>> = {
  move(elements, subject, who) {
    const [x, y] = add(add(subject.origin, POSITION), distanceOf(subject, who));
    const position = elements.get(subject.id)?.position;
    return isNear(position?.[0], x) && isNear(position?.[1], y);
  },
  resize: (elements, { id }, who) => isNear(elements.get(id)?.size[0], SIZE[0] * SCALES[who]),
  rotate: (elements, { id }, who) => {
    const { rotation } = elements.get(id) ?? {};
    return rotation !== undefined && Math.cos(rotation - ANGLES[who]) > 0.999;
  },
  restyle: (elements, { id }, who) => elements.get(id)?.color === COLORS[who],
  reorder: (elements, subject, who) =>
    outermostOf(elements, subject, placeOf(subject, who) === 'front' ? -1 : 0)?.id === subject.id,
  group(elements, { id, companions }, who) {
    const parent = elements.get(id)?.parent ?? null;
    return parent !== null && parent === elements.get(companions[who])?.parent;
  },
  ungroup: (elements, { id }) => elements.get(id)?.parent === null,
  reparent: (elements, { id, frames }, who) => elements.get(id)?.parent === frames[who],
  bind(elements, { shape, arrow }, who) {
    const line = elements.get(arrow);
    const binding = line?.kind === 'arrow' ? line.endBinding : null;
    return binding?.element === shape && isNear(binding.anchor[0], ANCHORS[who][0], 0.02);
  },
  write(elements, { shape }, who) {
    const element = elements.get(shape);
    return element?.kind === 'shape' && plainText(element.text).includes(WORDS[who]);
  },
  'erase part'(elements, { id }, who) {
    const element = elements.get(id);
    const middle = PARTS[who] * 3;
    return element?.kind === 'stroke' && element.cuts.some(([from, to]) => from < middle && middle < to);
  },
  lock: (elements, { id }) => elements.get(id)?.locked === true,
  remove: (elements, { id }) => !elements.has(id),
};

export const isUndo = (deed: Deed): boolean => deed.startsWith('undo ');

/** Whether a board shows an edit of one of the two, or that it was undone. */
export const shows = (elements: Elements, subject: Subject, deed: Deed, who: Who): boolean =>
  isUndo(deed)
    ? !SHOWS[deed.slice('undo '.length) as Edit](elements, subject, who)
    : SHOWS[deed as Edit](elements, subject, who);

/** How far, in page units, the end of the line is from where it is bound to the shape, while both are there. */
export function slack(elements: Elements, { shape, arrow }: Subject): number {
  const [target, line] = [elements.get(shape), elements.get(arrow)];
  const binding = line?.kind === 'arrow' ? line.endBinding : null;
  if (target === undefined || line === undefined || binding == null) return 0;
  const [[x, y], [endX, endY]] = [within(target, binding.anchor), endOf(line)];
  return Math.hypot(endX - x, endY - y);
}
