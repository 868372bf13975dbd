import type { Element } from '@inkwire/core';
import type { WrittenElement } from '../paint/element-text.js';

const WRITTEN: ReadonlySet<string> = new Set(['text', 'sticky', 'shape']);

/** Whether an element has a text that people write in together. */
export const isWritten = (element: Element | undefined): element is WrittenElement =>
  element !== undefined && WRITTEN.has(element.kind);

/** Whether an element has a text or a name that people write. */
export const canBeWritten = (element: Element | undefined): boolean =>
  isWritten(element) || element?.kind === 'frame';
