import type { Board } from '../board/board.js';
import { type Change, emptyChange, type Write, type WriteKey } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import type { Value } from '../element/value.js';

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
