import type { Element, StrokeElement } from '../element/element.js';
import type { ElementRecord } from './record.js';

/** What is painted of a stroke that nobody touched. */
export type PlainStroke = Pick<
  StrokeElement,
  | 'id'
  | 'kind'
  | 'position'
  | 'size'
  | 'rotation'
  | 'color'
  | 'opacity'
  | 'tool'
  | 'width'
  | 'cuts'
  | 'ink'
  | 'inkSize'
> & { readonly parent: null };

/** What lies in a box, in paint order, to be gone through once. */
export interface Overview {
  readonly length: number;
  /** Null for what is not there any more. What it returns may be another already when the next is read. */
  at(index: number): Element | PlainStroke | null;
}

export const overviewOf = (
  records: readonly ElementRecord[],
  read: (record: ElementRecord) => ReturnType<Overview['at']>,
): Overview => ({
  length: records.length,
  at(index) {
    const record = records[index];
    return record === undefined ? null : read(record);
  },
});
