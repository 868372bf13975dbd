import type { CustomElement } from './element.js';
import type { Box, Point } from './geometry.js';
import { isKindName } from './kind.js';
import { type CustomRule, customCode, type Register, registerOf } from './register.js';
import type { Value } from './value.js';

/** One register of an app's own kind. */
export interface CustomRegister {
  /** JSON; for `union` an array, for `sum` a whole number. Default null, [] and 0. */
  readonly initial?: Value;
  /** Default `newest`. */
  readonly merge?: CustomRule;
  /** Whether a value from the network can be shown; what is refused is passed over. Default: all are. */
  readonly accepts?: (value: Value) => boolean;
}

export interface CustomKindOptions {
  /** Names the kind in documents, for good: `company.kind`, say. */
  readonly name: string;
  readonly registers?: Readonly<Record<string, CustomRegister>>;
  /** Whether people can write in it. Default false. */
  readonly text?: boolean;
  /** What it covers, in page units. Default: its box, rotated. */
  readonly bounds?: (element: CustomElement) => Box;
  /** Whether a page point, or one within `tolerance` page units of it, belongs to it. Default: it lies in its box. */
  readonly hitTest?: (element: CustomElement, point: Point, tolerance: number) => boolean;
}

/** A kind of element that an app defined. Hand it to `createBoard`. */
export interface CustomKind {
  readonly name: string;
  /** By the name that the app gave them. */
  readonly registers: ReadonlyMap<string, Register & Pick<CustomRegister, 'accepts'>>;
  readonly text: boolean;
  readonly bounds: CustomKindOptions['bounds'];
  readonly hitTest: CustomKindOptions['hitTest'];
}

const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** Throws `RangeError` or `TypeError` that names what is wrong with the definition. */
export const defineKind = (options: CustomKindOptions): CustomKind => {
  const { name, registers = {}, text = false, bounds, hitTest } = options;
  if (!NAME.test(name)) throw new RangeError(`name must match ${NAME.source}, not "${name}".`);
  if (isKindName(name)) throw new RangeError(`name must not be that of a built-in kind: ${name}.`);
  const entries = Object.entries(registers).map(([key, { merge = 'newest', initial, accepts }]) => {
    const register = registerOf(customCode(key, merge)) as Register;
    const value =
      initial === undefined ? register.initial : register.type.check(initial, `registers.${key}.initial`);
    return [key, { ...register, initial: value, accepts }] as const;
  });
  return { name, registers: new Map(entries), text, bounds, hitTest };
};
