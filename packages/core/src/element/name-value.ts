import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ELEMENT_ID_LENGTH, type ElementId, isElementId } from './id.js';
import { isOrder, type OrderIndex } from './order.js';
import { describe, type ValueType } from './value.js';

/** A position in paint order. */
export const order: ValueType<OrderIndex> = {
  check(value, field) {
    if (!isOrder(value)) throw new RangeError(`${field} must be a fractional index, not ${describe(value)}.`);
    return value;
  },
  write: (encoder, value) => encoding.writeVarString(encoder, value),
  read: (decoder) => order.check(decoding.readVarString(decoder), 'An order'),
};

/** Another element, or none. */
export const reference: ValueType<ElementId | null> = {
  check(value, field) {
    if (value !== null && !isElementId(value)) {
      throw new TypeError(`${field} must be an element id or null, not ${describe(value)}.`);
    }
    return value;
  },
  write(encoder, value) {
    for (let index = 0; value !== null && index < ELEMENT_ID_LENGTH; index += 1) {
      encoding.writeUint8(encoder, value.charCodeAt(index));
    }
  },
  read(decoder) {
    if (!decoding.hasContent(decoder)) return null;
    const codes = decoding.readUint8Array(decoder, ELEMENT_ID_LENGTH);
    return reference.check(String.fromCharCode(...codes), 'A reference');
  },
};

const HEX = /^#[0-9a-f]{6}$/;

/** `#rrggbb`, or one of `names` (at most 255), which the theme gives a colour. */
export const color = (names: readonly string[]): ValueType<string> => ({
  check(value, field) {
    if (typeof value !== 'string') throw new TypeError(`${field} must be a colour, not ${describe(value)}.`);
    if (names.includes(value)) return value;
    const hex = value.toLowerCase();
    if (!HEX.test(hex)) {
      throw new RangeError(`${field} must be ${[...names, '#rrggbb'].join(' or ')}, not ${describe(value)}.`);
    }
    return hex;
  },
  write(encoder, value) {
    const name = names.indexOf(value);
    encoding.writeUint8(encoder, name + 1);
    for (let at = 1; name < 0 && at < 7; at += 2) {
      encoding.writeUint8(encoder, Number.parseInt(value.slice(at, at + 2), 16));
    }
  },
  read(decoder) {
    const name = decoding.readUint8(decoder);
    if (name > 0) return known(names, name - 1);
    let hex = '#';
    for (let at = 0; at < 3; at += 1) hex += decoding.readUint8(decoder).toString(16).padStart(2, '0');
    return hex;
  },
});

const known = <T extends string>(names: readonly T[], index: number): T => {
  const name = names[index];
  if (name === undefined) throw new RangeError('A name is not known here.');
  return name;
};

/** One of a list that only ever grows at its end. */
export const choice = <const T extends string>(names: readonly T[]): ValueType<T> => ({
  check(value, field) {
    if (!names.includes(value as T)) {
      throw new RangeError(`${field} must be one of ${names.join(', ')}, not ${describe(value)}.`);
    }
    return value as T;
  },
  write: (encoder, value) => encoding.writeVarUint(encoder, names.indexOf(value)),
  read: (decoder) => known(names, decoding.readVarUint(decoder)),
});
