import quill from 'quill-delta';
import { json } from '../element/json-value.js';
import type { TextAttributes, TextDelta, TextRun, TextStep } from '../element/text.js';
import { describe, wellFormed } from '../element/value.js';

// quill-delta's module is its class, which also names itself `default`; this name works under every loader.
const Delta = quill.default;
type Op = InstanceType<typeof Delta>['ops'][number];

const deltaOf = (steps: TextDelta): InstanceType<typeof Delta> =>
  new Delta(steps as readonly TextStep[] as Op[]);
const stepsOf = (delta: InstanceType<typeof Delta>): TextDelta => delta.ops as unknown as TextDelta;

/** The text after `delta`. */
export const applyDelta = (runs: readonly TextRun[], delta: TextDelta): readonly TextRun[] =>
  stepsOf(deltaOf(runs).compose(deltaOf(delta))) as readonly TextRun[];

/** The one delta that does what `first` and then `second` do. */
export const composeDeltas = (first: TextDelta, second: TextDelta): TextDelta =>
  stepsOf(deltaOf(first).compose(deltaOf(second)));

/** `delta` over `other`. Of two insertions at one place, the other's stands first if `otherFirst`. */
export const transformDelta = (delta: TextDelta, other: TextDelta, otherFirst: boolean): TextDelta =>
  stepsOf(deltaOf(other).transform(deltaOf(delta), otherFirst));

/** The delta that takes `delta` back; `before` is the text it was made on. */
export const invertDelta = (delta: TextDelta, before: readonly TextRun[]): TextDelta =>
  stepsOf(deltaOf(delta).invert(deltaOf(before)));

/** Puts steps into their one canonical form: neighbours of a kind joined, and nothing that does nothing. */
export const canonicalDelta = (steps: Iterable<TextStep>): TextDelta => {
  const delta = new Delta();
  for (const step of steps) if (!('insert' in step) || step.insert !== '') delta.push({ ...step } as Op);
  return stepsOf(delta.chop());
};

export const lengthOf = (runs: readonly TextRun[]): number =>
  runs.reduce((length, run) => length + run.insert.length, 0);

/** How much of a text a delta goes over. */
export const coveredBy = (delta: TextDelta): number =>
  delta.reduce((sum, step) => sum + ('retain' in step ? step.retain : 'delete' in step ? step.delete : 0), 0);

/** Whether a delta begins or ends a step between the two halves of a surrogate pair: Yjs would break the character. */
export const cutsCharacter = (delta: TextDelta, text: string): boolean => {
  let at = 0;
  for (const step of delta) {
    at += 'retain' in step ? step.retain : 'delete' in step ? step.delete : 0;
    if (/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(at - 1, 0), at + 1))) return true;
  }
  return false;
};

const count = (value: unknown, field: string): number => {
  if (!Number.isSafeInteger(value) || (value as number) <= 0) {
    throw new RangeError(`${field} must be a whole number above 0, not ${describe(value)}.`);
  }
  return value as number;
};

const checkAttributes = (value: unknown, field: string): { attributes?: TextAttributes } => {
  if (value === undefined) return {};
  const attributes = json.check(value, field);
  if (attributes === null || typeof attributes !== 'object' || Array.isArray(attributes)) {
    throw new TypeError(`${field} must be an object.`);
  }
  return Object.keys(attributes).length > 0 ? { attributes: attributes as TextAttributes } : {};
};

const checkStep = (step: unknown, field: string): TextStep => {
  if (typeof step !== 'object' || step === null) throw new TypeError(`${field} must be a step of a delta.`);
  const { insert, retain, delete: removed, attributes } = step as Record<string, unknown>;
  if (typeof insert === 'string')
    return { insert: wellFormed(insert), ...checkAttributes(attributes, `${field}.attributes`) };
  if (retain !== undefined) {
    return {
      retain: count(retain, `${field}.retain`),
      ...checkAttributes(attributes, `${field}.attributes`),
    };
  }
  return { delete: count(removed, `${field}.delete`) };
};

/** A delta from outside, checked and canonical. Throws `TypeError` or `RangeError` that names the step. */
export const checkDelta = (delta: unknown, field: string): TextDelta => {
  if (!Array.isArray(delta))
    throw new TypeError(`${field} must be an array of steps, not ${describe(delta)}.`);
  return canonicalDelta(delta.map((step, index) => checkStep(step, `${field}[${index}]`)));
};
