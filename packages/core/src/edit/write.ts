import type { Board } from '../board/board.js';
import { type Change, type Write, type WriteKey, writeKey } from '../change/change.js';
import type { ElementId } from '../element/id.js';
import { REGISTERS, type RegisterName } from '../element/register.js';

/** A new value for one register of one element. */
export interface RegisterValue {
  readonly id: ElementId;
  readonly register: RegisterName;
  readonly value: unknown;
}

/** The change that writes these registers on the board as it is now. */
export const writeRegisters = (board: Board, values: Iterable<RegisterValue>): Change => {
  const stamp = board.stamp();
  const writes = new Map<WriteKey, Write>();
  for (const { id, register, value } of values) {
    const { code, type } = REGISTERS[register];
    const to = { stamp, writer: board.writer, value: type.check(value, register) };
    writes.set(writeKey(id, code), { from: board.version(id, register), to });
  }
  return { writer: board.writer, births: new Map(), writes };
};
