import type { Board } from '../board/board.js';
import { type Change, emptyChange, type Write, type WriteKey } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS, type Register, type RegisterName } from '../element/register.js';
import type { Value } from '../element/value.js';

/** A new value for one register of one element. */
export interface NewValue {
  readonly id: ElementId;
  readonly register: RegisterName;
  readonly value: unknown;
}

/** The change that makes these registers show new values on the board as it is now. */
export const writeRegisters = (board: Board, values: Iterable<NewValue>): Change => {
  const stamp = board.stamp();
  const writes = new Map<WriteKey, Write>();
  for (const { id, register: name, value } of values) {
    const register = REGISTERS[name] as unknown as Register<Value>;
    if (register.merge === 'fixed')
      throw new TypeError(`${name} is given with the birth and cannot be changed.`);
    for (const [key, write] of board.write(id, register, register.type.check(value, name), stamp)) {
      writes.set(key, write);
    }
  }
  return { ...emptyChange(board.writer), writes };
};
