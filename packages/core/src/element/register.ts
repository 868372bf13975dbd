import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { binding, count, crop, label, points, ranges } from './compound-value.js';
import { json, jsonSet, subtractSet, uniteSets } from './json-value.js';
import { choice, color, order, reference } from './name-value.js';
import { FIRST_ORDER } from './order.js';
import { type Range, subtractRanges, uniteRanges } from './ranges.js';
import { removal } from './removal.js';
import { angle, flag, fraction, length, pair, type Value, type ValueType } from './value.js';

/**
 * What a register shows when several people wrote it at once (D5): the `newest` write, or the `union` or the `sum`
 * of all of them. `fixed` is written once, with the birth.
 */
export type MergeRule = 'newest' | 'union' | 'sum' | 'fixed';

/** One property of elements: how it is named, packed and merged, and what it is where nothing was written. */
export interface Register<T extends Value = Value> {
  /** What stands for it in the document. */
  readonly code: string;
  readonly merge: MergeRule;
  readonly type: ValueType<T>;
  readonly initial: T;
}

const register = <T extends Value>(
  code: string,
  type: ValueType<T>,
  initial: NoInfer<T>,
  merge: MergeRule = 'newest',
): Register<T> => ({ code, type, initial, merge });

export const SHAPE_FORMS = [
  'rectangle',
  'ellipse',
  'diamond',
  'triangle',
  'star',
  'pentagon',
  'hexagon',
  'octagon',
  'parallelogram',
  'trapezoid',
  'heart',
  'cloud',
] as const;
export const DASHES = ['solid', 'dashed', 'dotted'] as const;
export const FONTS = ['hand', 'sans', 'serif', 'mono'] as const;
export const ALIGNMENTS = ['start', 'center', 'end'] as const;
export const ROUTINGS = ['straight', 'curve', 'elbow'] as const;
export const HEADS = ['none', 'arrow', 'triangle', 'dot', 'diamond', 'bar'] as const;
export const TOOLS = ['pen', 'highlighter'] as const;
export const FITS = ['content', 'width'] as const;

/**
 * The registers of the built-in kinds, by name. Codes and initial values never change and lists only grow at their
 * end, because documents rely on them; `i` is taken by ink.
 */
export const REGISTERS = {
  position: register('p', pair, [0, 0]),
  size: register('s', pair, [0, 0]),
  rotation: register('r', angle, 0),
  order: register('o', order, FIRST_ORDER),
  parent: register('g', reference, null),
  locked: register('l', flag, false),
  removed: register('x', removal, false),
  color: register('c', color(['ink']), 'ink'),
  opacity: register('a', fraction, 1),
  width: register('w', length(4096), 2),
  tool: register('t', choice(TOOLS), 'pen', 'fixed'),
  cuts: register<readonly Range[]>('k', ranges, [], 'union'),
  form: register('q', choice(SHAPE_FORMS), 'rectangle'),
  fill: register('f', color(['none', 'ink']), 'none'),
  dash: register('d', choice(DASHES), 'solid'),
  radius: register('u', length(65_536), 0),
  points: register('n', points, [
    [0, 0],
    [0, 0],
  ]),
  startBinding: register('b', binding, null),
  endBinding: register('e', binding, null),
  routing: register('R', choice(ROUTINGS), 'straight'),
  startHead: register('S', choice(HEADS), 'none'),
  endHead: register('E', choice(HEADS), 'none'),
  font: register('T', choice(FONTS), 'hand'),
  fontSize: register('h', length(4096), 20),
  align: register('A', choice(ALIGNMENTS), 'start'),
  verticalAlign: register('V', choice(ALIGNMENTS), 'start'),
  fit: register('F', choice(FITS), 'content'),
  votes: register('v', count, 0, 'sum'),
  // A small picture can be its own address, and still fit into one update.
  source: register('y', label(768 * 1024), ''),
  naturalSize: register('z', pair, [0, 0], 'fixed'),
  crop: register('j', crop, [0, 0, 1, 1]),
  title: register('m', label(1024), ''),
  labelSize: register('L', pair, [0, 0]),
} as const;

export type RegisterName = keyof typeof REGISTERS;
/** What a register of that name holds. */
export type RegisterValue<N extends RegisterName> = (typeof REGISTERS)[N]['initial'];

const byCode = new Map<string, Register>(
  Object.values(REGISTERS).map((entry) => [entry.code, entry as unknown as Register]),
);
const nameByCode = new Map(
  Object.entries(REGISTERS).map(([name, entry]): [string, RegisterName] => [
    entry.code,
    name as RegisterName,
  ]),
);

/** The rule is part of the code, so that a program without the kind merges its registers like one that has it. */
const RULE_PREFIXES = { newest: '.', union: '|', sum: '+' } as const;
const CUSTOM_CODE = /^[.|+][A-Za-z0-9_-]{1,64}$/;

export type CustomRule = keyof typeof RULE_PREFIXES;

/** The code of a register that an app named. Throws `RangeError` for a name that cannot be one. */
export const customCode = (name: string, rule: CustomRule): string => {
  const code = RULE_PREFIXES[rule] + name;
  if (!CUSTOM_CODE.test(code))
    throw new RangeError(`A register's name must match [A-Za-z0-9_-]{1,64}, not "${name}".`);
  return code;
};

export const isCustomCode = (code: string): boolean => CUSTOM_CODE.test(code);

const CUSTOM = {
  '.': register<Value>('.', json, null),
  '|': register<Value>('|', jsonSet, [], 'union'),
  '+': register<Value>('+', count as ValueType<Value>, 0, 'sum'),
} as const;

/** The register behind a code of the document, or undefined where a newer program wrote one that this one lacks. */
export const registerOf = (code: string): Register | undefined => {
  const builtIn = byCode.get(code);
  if (builtIn !== undefined || !CUSTOM_CODE.test(code)) return builtIn;
  return { ...CUSTOM[code[0] as keyof typeof CUSTOM], code };
};

/** The name of a built-in register, or undefined for the registers of apps. */
export const registerName = (code: string): RegisterName | undefined => nameByCode.get(code);

/** Whether every writer has a version of their own that counts until somebody who saw it writes again. */
export const hasSlots = (register: Register): boolean =>
  register.merge === 'union' || register.merge === 'sum';

/** What a register with a version per writer shows (D5). */
export const foldSlots = (register: Register, values: readonly Value[]): Value => {
  if (register.merge === 'sum') return (values as readonly number[]).reduce((sum, value) => sum + value, 0);
  if (register.code === REGISTERS.cuts.code)
    return uniteRanges((values as readonly (readonly Range[])[]).flat());
  return uniteSets(values as readonly (readonly Value[])[]);
};

/** What of the value of a register with the rule `union` is not in another one. */
export const subtractValue = (register: Register, value: Value, taken: Value): readonly Value[] =>
  register.code === REGISTERS.cuts.code
    ? subtractRanges(value as readonly Range[], taken as readonly Range[])
    : subtractSet(value as readonly Value[], taken as readonly Value[]);

export const packValue = (register: Register, value: Value): Uint8Array =>
  encoding.encode((encoder) => register.type.write(encoder, value));

/** The value that all of `bytes` hold. Throws when they do not. */
export const unpackValue = (register: Register, bytes: Uint8Array): Value => {
  const decoder = decoding.createDecoder(bytes);
  const value = register.type.read(decoder);
  if (decoding.hasContent(decoder)) throw new RangeError('A value ends before its bytes do.');
  return value;
};
