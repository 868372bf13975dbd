import type { Board } from '../board/board.js';
import type { Change } from '../change/change.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { BASE_REGISTERS, isKindName, KINDS, type Kind } from '../element/kind.js';
import type { RegisterName, RegisterValue } from '../element/register.js';
import { withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

/** The registers that say how elements look, whatever they are and wherever they lie. */
export const STYLE_REGISTERS = [
  'color',
  'opacity',
  'width',
  'fill',
  'dash',
  'form',
  'radius',
  'routing',
  'startHead',
  'endHead',
  'font',
  'fontSize',
  'align',
  'verticalAlign',
  'fit',
] as const satisfies readonly RegisterName[];

export type StyleName = (typeof STYLE_REGISTERS)[number];

/** What can be set on many elements at once; each takes what its kind has. */
export type Style = {
  readonly [Name in StyleName]?: RegisterValue<Name> | undefined;
};

const has = ({ kind }: Element, name: StyleName): boolean => {
  const own: Kind | undefined = isKindName(kind) ? KINDS[kind] : undefined;
  return BASE.has(name) || (own?.registers.includes(name) ?? false);
};

const BASE: ReadonlySet<RegisterName> = new Set(BASE_REGISTERS);

/** Sets what the kinds of these elements have, in their groups and frames too. */
export const styleElements = (board: Board, ids: Iterable<ElementId>, style: Style): Change => {
  const values: NewValue[] = [];
  for (const element of withContents(board, ids)) {
    for (const register of STYLE_REGISTERS) {
      const value = style[register];
      if (value !== undefined && has(element, register)) values.push({ id: element.id, register, value });
    }
  }
  return writeRegisters(board, values);
};
