import { KIND_NUMBERS } from '../element/kind.js';
import { bytesOfOrder, isOrderIn } from '../element/order.js';
import { REGISTERS, TOOLS } from '../element/register.js';
import { COORDINATE_LIMIT, STEPS_PER_UNIT } from '../element/value.js';
import { INK_COLOR, isTextIn, type StrokeScan } from './stroke-scan.js';

const FORMAT = 2;
const STROKE = KIND_NUMBERS.indexOf('stroke') + 1;
const OPACITY_STEPS = 255;
const MOST_STEPS = COORDINATE_LIMIT * STEPS_PER_UNIT;
const WIDEST_PEN = 4096;
const INITIAL_ORDER = bytesOfOrder(REGISTERS.order.initial);

/** The codes of ink and of registers, as bytes. */
const INK = 0x69;
const POSITION = 0x70;
const SIZE = 0x73;
const NATURAL_SIZE = 0x7a;
const PEN_WIDTH = 0x77;
const ORDER = 0x6f;
const LOCKED = 0x6c;
const COLOR = 0x63;
const OPACITY = 0x61;
const TOOL = 0x74;

// Fifty thousand births are read while a person waits, thousands of them before what reads them is compiled: so these are
// few functions, and each has the bytes and where it is at hand. None looks for the end of the bytes: whoever reads beyond
// it, or beyond the end of a field, ends elsewhere than the field does.

/** Where the number ends that was read last. */
let next = 0;

/** A whole number as lib0 packs it. */
const readVarUint = (bytes: Uint8Array, start: number): number => {
  let at = start;
  let byte = bytes[at++]!;
  let value = byte & 127;
  for (let unit = 128; byte >= 128; unit *= 128) {
    byte = bytes[at++]!;
    value += (byte & 127) * unit;
  }
  next = at;
  return value;
};

/** A coordinate, packed as a whole number with a sign. One that lies too far out ends nowhere. */
const readSteps = (bytes: Uint8Array, start: number): number => {
  let at = start;
  const first = bytes[at++]!;
  let steps = first & 63;
  let byte = first;
  for (let unit = 64; byte >= 128; unit *= 128) {
    byte = bytes[at++]!;
    steps += (byte & 127) * unit;
  }
  next = steps <= MOST_STEPS ? at : Number.NaN;
  return (first & 64 ? -steps : steps) / STEPS_PER_UNIT + 0;
};

const clear = (scan: StrokeScan): void => {
  scan.x = scan.y = scan.width = scan.height = 0;
  scan.inkWidth = scan.inkHeight = Number.NaN;
  scan.penWidth = REGISTERS.width.initial;
  scan.orderBytes = INITIAL_ORDER;
  scan.orderStart = 0;
  scan.orderEnd = INITIAL_ORDER.length;
  scan.locked = REGISTERS.locked.initial;
  scan.color = INK_COLOR;
  scan.opacity = REGISTERS.opacity.initial;
  scan.tool = REGISTERS.tool.initial;
  scan.inkStart = scan.inkEnd = 0;
};

/** Reads the fields from `start` on; false where one of them is for unpacking. */
const scanFields = (bytes: Uint8Array, start: number, scan: StrokeScan): boolean => {
  let at = start;
  while (at < bytes.length) {
    const code = bytes[at]!;
    let length = bytes[at + 1]!;
    at += 2;
    if (length >= 128) {
      length = readVarUint(bytes, at - 1);
      at = next;
    }
    const end = at + length;
    if (!(end <= bytes.length)) return false;
    switch (code) {
      case COLOR:
        if (bytes[at] === 1) {
          scan.color = INK_COLOR;
          at += 1;
        } else if (bytes[at] === 0) {
          scan.color = bytes[at + 1]! * 0x1_00_00 + bytes[at + 2]! * 0x1_00 + bytes[at + 3]!;
          at += 4;
        }
        break;
      case ORDER:
        if (bytes[at] !== length - 1 || bytes[at]! >= 128 || !isOrderIn(bytes, at + 1, end)) return false;
        scan.orderBytes = bytes;
        scan.orderStart = at + 1;
        scan.orderEnd = at = end;
        break;
      case POSITION:
        scan.x = readSteps(bytes, at);
        scan.y = readSteps(bytes, next);
        at = next;
        break;
      case SIZE:
        scan.width = readSteps(bytes, at);
        scan.height = readSteps(bytes, next);
        at = next;
        break;
      case PEN_WIDTH:
        scan.penWidth = readVarUint(bytes, at) / STEPS_PER_UNIT;
        at = scan.penWidth <= WIDEST_PEN ? next : Number.NaN;
        break;
      case INK:
        scan.inkStart = at;
        scan.inkEnd = at = end;
        break;
      case NATURAL_SIZE:
        scan.inkWidth = readSteps(bytes, at);
        scan.inkHeight = readSteps(bytes, next);
        at = next;
        break;
      case LOCKED:
        scan.locked = at === end;
        if (bytes[at] === 0 && !scan.locked) at += 1;
        break;
      case OPACITY:
        scan.opacity = bytes[at++]! / OPACITY_STEPS;
        break;
      case TOOL: {
        const tool = TOOLS[bytes[at++]!];
        if (tool === undefined) return false;
        scan.tool = tool;
        break;
      }
      default:
        return false;
    }
    if (at !== end) return false;
  }
  return scan.inkStart > 0;
};

/**
 * Reads the birth of a plain stroke into `scan`. False for everything else, wrong bytes included: those have to be
 * unpacked.
 */
export const scanStroke = (bytes: Uint8Array, scan: StrokeScan): boolean => {
  if (bytes[0] !== FORMAT || bytes[1] !== STROKE) return false;
  const authorLength = readVarUint(bytes, 2);
  scan.authorStart = next;
  scan.authorEnd = next + authorLength;
  if (!(scan.authorEnd <= bytes.length) || !isTextIn(bytes, scan.authorStart, scan.authorEnd)) return false;
  scan.createdAt = readVarUint(bytes, scan.authorEnd);
  if (!(scan.createdAt <= Number.MAX_SAFE_INTEGER && next <= bytes.length)) return false;
  clear(scan);
  if (!scanFields(bytes, next, scan)) return false;
  if (Number.isNaN(scan.inkWidth)) {
    scan.inkWidth = scan.width;
    scan.inkHeight = scan.height;
  }
  return true;
};
