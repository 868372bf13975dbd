import type { Board } from '../board/board.js';
import { type Change, emptyChange, type Write, type WriteKey } from '../change/change.js';
import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { BASE_REGISTERS, KINDS, type Kind } from '../element/kind.js';
import type { RegisterName, RegisterValue } from '../element/register.js';
import type { Value } from '../element/value.js';
import { withContents } from './selection.js';
import { type NewValue, writeRegisters } from './write.js';

/** What can be set on many elements at once; each takes what its kind has. */
export type Style = {
  readonly [Name in StyleName]?: RegisterValue<Name> | undefined;
};

export type StyleName =
  | 'color'
  | 'opacity'
  | 'locked'
  | 'width'
  | 'form'
  | 'fill'
  | 'dash'
  | 'radius'
  | 'routing'
  | 'startHead'
  | 'endHead'
  | 'startBinding'
  | 'endBinding'
  | 'points'
  | 'size'
  | 'font'
  | 'fontSize'
  | 'align'
  | 'verticalAlign'
  | 'fit'
  | 'source'
  | 'crop'
  | 'title';

const has = (element: Element, name: RegisterName): boolean => {
  const own: Kind | undefined = KINDS[element.kind as keyof typeof KINDS];
  return (
    (BASE_REGISTERS as readonly RegisterName[]).includes(name) || (own?.registers.includes(name) ?? false)
  );
};

/** Sets what the kinds of these elements have, in their groups and frames too. */
export const styleElements = (board: Board, ids: Iterable<ElementId>, style: Style): Change => {
  const values: NewValue[] = [];
  for (const element of withContents(board, ids)) {
    for (const [name, value] of Object.entries(style) as [StyleName, unknown][]) {
      if (value !== undefined && has(element, name)) values.push({ id: element.id, register: name, value });
    }
  }
  return writeRegisters(board, values);
};

/** Sets registers of an element whose kind the app defined. Throws `TypeError` for a name that its kind lacks. */
export const setValues = (board: Board, id: ElementId, values: Readonly<Record<string, Value>>): Change => {
  const element = board.get(id);
  if (element?.kind !== 'custom') return emptyChange(board.writer);
  const stamp = board.stamp();
  const writes = new Map<WriteKey, Write>();
  for (const [name, value] of Object.entries(values)) {
    const register = element.definition.registers.get(name);
    if (register === undefined) throw new TypeError(`${name} is no register of ${element.definition.name}.`);
    const checked = register.type.check(value, name);
    for (const [key, write] of board.write(id, register, checked, stamp)) writes.set(key, write);
  }
  return { ...emptyChange(board.writer), writes };
};
