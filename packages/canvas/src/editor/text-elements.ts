import { type Element, type ElementId, labelOf } from '@inkwire/core';
import type { WrittenElement } from '../paint/element-text.js';
import { labelOfCustom } from './custom-label.js';

type Find = (id: ElementId) => Element | undefined;

/** What an element's text is set in, which for a line is its label; null where people write no text in it. */
export function writtenOf(element: Element | undefined, find: Find): WrittenElement | null {
  switch (element?.kind) {
    case 'text':
    case 'sticky':
    case 'shape':
      return element;
    case 'line':
    case 'arrow':
      return labelOf(element, find);
    case 'custom':
      return element.definition.text ? labelOfCustom(element) : null;
    default:
      return null;
  }
}

const WRITTEN: ReadonlySet<string> = new Set(['text', 'sticky', 'shape', 'line', 'arrow']);

/** Whether an element has a text that people write in together. */
export const isWritten = (element: Element | undefined): boolean =>
  element !== undefined &&
  (WRITTEN.has(element.kind) || (element.kind === 'custom' && element.definition.text));

/** Whether an element has a text or a name that people write. */
export const canBeWritten = (element: Element | undefined): boolean =>
  isWritten(element) || element?.kind === 'frame';
