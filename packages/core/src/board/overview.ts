import type { Element, StrokeElement } from '../element/element.js';
import type { ElementRecord } from './record.js';

/** Where ink lies among other bytes: very many strokes are looked at once, and to make a view of each would take longer. */
export interface InkSpan {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

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
  | 'inkSize'
> & {
  readonly parent: null;
  readonly inkSpan: InkSpan;
};

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
