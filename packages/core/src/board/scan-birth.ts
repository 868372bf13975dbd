import * as decoding from 'lib0/decoding';
import { KIND_NUMBERS } from '../element/kind.js';
import { bytesOfOrder, isOrderIn } from '../element/order.js';
import { REGISTERS, TOOLS } from '../element/register.js';
import { COORDINATE_LIMIT, STEPS_PER_UNIT } from '../element/value.js';
import { INK_COLOR, NO_BYTES, type StrokeScan } from './stroke-scan.js';

const FORMAT = 2;
const STROKE = KIND_NUMBERS.indexOf('stroke') + 1;
const OPACITY_STEPS = 255;
const MOST_STEPS = COORDINATE_LIMIT * STEPS_PER_UNIT;
const WIDEST_PEN = 4096;

const CODES = {
  ink: 'i'.charCodeAt(0),
  position: REGISTERS.position.code.charCodeAt(0),
  size: REGISTERS.size.code.charCodeAt(0),
  naturalSize: REGISTERS.naturalSize.code.charCodeAt(0),
  penWidth: REGISTERS.width.code.charCodeAt(0),
  order: REGISTERS.order.code.charCodeAt(0),
  locked: REGISTERS.locked.code.charCodeAt(0),
  color: REGISTERS.color.code.charCodeAt(0),
  opacity: REGISTERS.opacity.code.charCodeAt(0),
  tool: REGISTERS.tool.code.charCodeAt(0),
};

const INITIAL_ORDER = bytesOfOrder(REGISTERS.order.initial);
/** What is being read, and where: fifty thousand births are read while a person waits. */
let source: Uint8Array = NO_BYTES;
let at = 0;
/** Stands for what could not be read: no comparison lets it pass. */
const UNREADABLE = Number.NaN;
const isReadable = (value: number): boolean => !Number.isNaN(value);

/** A whole number as lib0 packs it. Few have more than five bytes, and those that have are unpacked. */
const readVarUint = (): number => {
  let value = source[at++] ?? UNREADABLE;
  if (!(value >= 128)) return value;
  value -= 128;
  for (let unit = 128; unit <= 2 ** 42; unit *= 128) {
    const byte = source[at++];
    if (byte === undefined) return UNREADABLE;
    value += (byte & 127) * unit;
    if (byte < 128) return value;
  }
  return UNREADABLE;
};

/** A coordinate, packed as a whole number with a sign. */
const readSteps = (): number => {
  const first = source[at++] ?? UNREADABLE;
  const size = first < 128 ? first & 63 : (first & 63) + readVarUint() * 64;
  if (!(size <= MOST_STEPS)) return UNREADABLE;
  return (first & 64 ? -size : size) / STEPS_PER_UNIT + 0;
};

/** Whether the bytes from here on are those of `text`, which is then ASCII. */
const isNext = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    const byte = source[at + index]!;
    if (byte >= 128 || byte !== text.charCodeAt(index)) return false;
  }
  return true;
};

/** A text; `like` itself where it reads the same. Null for what is none. */
const readText = (like: string): string | null => {
  const start = at;
  const length = readVarUint();
  const end = at + length;
  if (!(end <= source.length)) return null;
  if (length === like.length && isNext(like)) {
    at = end;
    return like;
  }
  let text = '';
  while (at < end) {
    const byte = source[at++]!;
    if (byte >= 128) return readDecoded(start);
    text += String.fromCharCode(byte);
  }
  return text;
};

/** A text with letters beyond ASCII. */
const readDecoded = (start: number): string | null => {
  const decoder = decoding.createDecoder(source);
  decoder.pos = start;
  try {
    const text = decoding.readVarString(decoder);
    at = decoder.pos;
    return text;
  } catch {
    return null;
  }
};

const readColor = (): number => {
  const name = source[at++];
  if (name === 1) return INK_COLOR;
  if (name !== 0 || at + 3 > source.length) return UNREADABLE;
  return source[at++]! * 0x1_00_00 + source[at++]! * 0x1_00 + source[at++]!;
};

const clear = (scan: StrokeScan): void => {
  scan.x = scan.y = scan.width = scan.height = 0;
  scan.inkWidth = scan.inkHeight = UNREADABLE;
  scan.penWidth = REGISTERS.width.initial;
  scan.orderBytes = INITIAL_ORDER;
  scan.orderStart = 0;
  scan.orderEnd = INITIAL_ORDER.length;
  scan.locked = REGISTERS.locked.initial;
  scan.color = INK_COLOR;
  scan.opacity = REGISTERS.opacity.initial;
  scan.tool = REGISTERS.tool.initial;
  scan.inkStart = scan.inkEnd = -1;
};

/** Reads a field that ends at `end`; false where that is for unpacking. */
const scanField = (scan: StrokeScan, code: number, end: number): boolean => {
  switch (code) {
    case CODES.ink:
      scan.inkStart = at;
      scan.inkEnd = at = end;
      return true;
    case CODES.position:
      scan.x = readSteps();
      scan.y = readSteps();
      return isReadable(scan.x + scan.y);
    case CODES.size:
      scan.width = readSteps();
      scan.height = readSteps();
      return isReadable(scan.width + scan.height);
    case CODES.naturalSize:
      scan.inkWidth = readSteps();
      scan.inkHeight = readSteps();
      return isReadable(scan.inkWidth + scan.inkHeight);
    case CODES.penWidth:
      scan.penWidth = readVarUint() / STEPS_PER_UNIT;
      return scan.penWidth <= WIDEST_PEN;
    case CODES.order:
      scan.orderBytes = source;
      scan.orderEnd = readVarUint() + at;
      scan.orderStart = at;
      at = scan.orderEnd;
      return isOrderIn(source, scan.orderStart, scan.orderEnd);
    case CODES.locked:
      scan.locked = at === end;
      return scan.locked || source[at++] === 0;
    case CODES.color:
      scan.color = readColor();
      return isReadable(scan.color);
    case CODES.opacity:
      scan.opacity = (source[at++] ?? UNREADABLE) / OPACITY_STEPS;
      return isReadable(scan.opacity);
    case CODES.tool: {
      const tool = TOOLS[readVarUint()];
      scan.tool = tool ?? scan.tool;
      return tool !== undefined;
    }
    default:
      return false;
  }
};

const scanSource = (scan: StrokeScan): boolean => {
  if (source[at++] !== FORMAT || source[at++] !== STROKE) return false;
  const author = readText(scan.author);
  if (author === null) return false;
  clear(scan);
  scan.author = author;
  scan.createdAt = readVarUint();
  if (!isReadable(scan.createdAt)) return false;
  while (at < source.length) {
    const code = source[at++]!;
    const end = readVarUint() + at;
    if (!(end <= source.length) || !scanField(scan, code, end) || at !== end) return false;
  }
  if (!isReadable(scan.inkWidth)) {
    scan.inkWidth = scan.width;
    scan.inkHeight = scan.height;
  }
  return scan.inkStart > 0;
};

/**
 * Reads the birth of a plain stroke into `scan`. False for everything else, wrong bytes included: those have to be
 * unpacked.
 */
export const scanStroke = (bytes: Uint8Array, scan: StrokeScan): boolean => {
  source = bytes;
  at = 0;
  const isPlain = scanSource(scan);
  source = NO_BYTES;
  return isPlain;
};
