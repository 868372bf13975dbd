import * as decoding from 'lib0/decoding';
import type { Box } from '../element/geometry.js';
import { KIND_NUMBERS } from '../element/kind.js';
import { REGISTERS } from '../element/register.js';

/** What the board has to know of an untouched stroke to find it and to draw above it, without unpacking the rest. */
export interface StrokeScan {
  x: number;
  y: number;
  /** Unsigned. */
  width: number;
  height: number;
  /** Of the pen. */
  penWidth: number;
  order: string;
}

/** The box that the stroke paints in, as `boundsOf` has it. */
export const boxOfScan = ({ x, y, width, height, penWidth }: StrokeScan): Box => ({
  minX: x - penWidth,
  minY: y - penWidth,
  maxX: x + Math.abs(width) + penWidth,
  maxY: y + Math.abs(height) + penWidth,
});

const FORMAT = 2;
const INK = 'i'.charCodeAt(0);
const STROKE = KIND_NUMBERS.indexOf('stroke') + 1;
const POSITION = REGISTERS.position.code.charCodeAt(0);
const SIZE = REGISTERS.size.code.charCodeAt(0);
const WIDTH = REGISTERS.width.code.charCodeAt(0);
const ORDER = REGISTERS.order.code.charCodeAt(0);
/** What neither moves a stroke nor ties it to others: these fields are stepped over. */
const PLAIN = new Set(
  [
    ...`i${REGISTERS.color.code}${REGISTERS.opacity.code}${REGISTERS.tool.code}${REGISTERS.locked.code}${REGISTERS.naturalSize.code}`,
  ].map((code) => code.charCodeAt(0)),
);

/** Steps over a text, most of which are ASCII. Throws for what cannot be read as one, as unpacking it would. */
const skipText = (decoder: decoding.Decoder): void => {
  const start = decoder.pos;
  const end = decoding.readVarUint(decoder) + decoder.pos;
  while (decoder.pos < end && decoder.arr[decoder.pos]! < 0x80) decoder.pos++;
  if (decoder.pos === end) return;
  decoder.pos = start;
  decoding.readVarString(decoder);
};

/**
 * Reads the birth of a plain stroke into `scan`, several times faster than unpacking it. False for everything else,
 * wrong bytes included: those have to be unpacked.
 */
export const scanStroke = (bytes: Uint8Array, scan: StrokeScan): boolean => {
  const decoder = decoding.createDecoder(bytes);
  try {
    if (decoding.readUint8(decoder) !== FORMAT || decoding.readVarUint(decoder) !== STROKE) return false;
    skipText(decoder);
    decoding.readVarUint(decoder);
    scan.x = scan.y = scan.width = scan.height = 0;
    scan.penWidth = REGISTERS.width.initial;
    scan.order = REGISTERS.order.initial;
    let hasInk = false;
    while (decoder.pos < bytes.length) {
      const code = decoding.readUint8(decoder);
      const end = decoding.readVarUint(decoder) + decoder.pos;
      if (end > bytes.length) return false;
      if (code === POSITION) [scan.x, scan.y] = REGISTERS.position.type.read(decoder);
      else if (code === SIZE) [scan.width, scan.height] = REGISTERS.size.type.read(decoder);
      else if (code === WIDTH) scan.penWidth = REGISTERS.width.type.read(decoder);
      else if (code === ORDER) scan.order = REGISTERS.order.type.read(decoder);
      else if (!PLAIN.has(code)) return false;
      else decoder.pos = end;
      if (decoder.pos !== end) return false;
      hasInk ||= code === INK;
    }
    return hasInk && decoder.pos === bytes.length;
  } catch {
    return false;
  }
};
