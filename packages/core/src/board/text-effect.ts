import * as Y from 'yjs';
import { canonicalDelta } from '../change/text-delta.js';
import type { TextAttributes, TextDelta, TextRun, TextStep } from '../element/text.js';
import type { Value } from '../element/value.js';

/** What stands for something in a text that is no text: an object of another program. It is as long as Yjs counts it. */
const OBJECT = '\uFFFC';

/** Whether a piece of a text was there before the transaction. */
type Was = (item: Y.Item) => boolean;

const wasBefore =
  (transaction: Y.Transaction): Was =>
  ({ id, deleted }) =>
    id.clock < (transaction.beforeState.get(id.client) ?? 0) &&
    !(deleted && !Y.isDeleted(transaction.deleteSet, id));

const format = (attributes: Map<string, Value>, { key, value }: Y.ContentFormat): void => {
  if (value === null) attributes.delete(key);
  else attributes.set(key, value as unknown as Value);
};

const withAttributes = (attributes: Record<string, Value>): { attributes?: TextAttributes } =>
  Object.keys(attributes).length > 0 ? { attributes } : {};

/** What has to be set, or with null taken away, to get from one formatting to another. */
const formatting = (before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>) => {
  const attributes: Record<string, Value> = {};
  for (const [name, value] of after) {
    if (JSON.stringify(before.get(name)) !== JSON.stringify(value)) attributes[name] = value;
  }
  for (const name of before.keys()) if (!after.has(name)) attributes[name] = null;
  return withAttributes(attributes);
};

const step = (
  item: Y.Item,
  was: boolean,
  before: Map<string, Value>,
  after: Map<string, Value>,
): TextStep | null => {
  if (item.deleted) return was ? { delete: item.length } : null;
  if (was) return { retain: item.length, ...formatting(before, after) };
  const insert = item.content instanceof Y.ContentString ? item.content.str : OBJECT;
  return { insert, ...withAttributes(Object.fromEntries(after)) };
};

/** Walks all pieces of a text, those that are gone included, under the formatting before and after. */
const delta = (text: Y.Text, was: Was): TextDelta => {
  const before = new Map<string, Value>();
  const after = new Map<string, Value>();
  const steps: TextStep[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.content instanceof Y.ContentFormat) {
      if (was(item)) format(before, item.content);
      if (!item.deleted) format(after, item.content);
    } else if (item.countable) {
      const next = step(item, was(item), before, after);
      if (next !== null) steps.push(next);
    }
  }
  return canonicalDelta(steps);
};

/** What a text holds. */
export const runsOf = (text: Y.Text): readonly TextRun[] => delta(text, () => false) as readonly TextRun[];

/** What a finished transaction did to a text, before Yjs collects what it deleted. */
export const textEffect = (text: Y.Text, transaction: Y.Transaction): TextDelta =>
  delta(text, wasBefore(transaction));

/** How long a text was that the transaction took away as a whole. */
export const lengthBefore = (text: Y.Text, transaction: Y.Transaction): number => {
  const was = wasBefore(transaction);
  let length = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.countable && was(item)) length += item.length;
  }
  return length;
};
