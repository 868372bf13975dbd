import * as string from 'lib0/string';
import type { StrokeElement } from '../element/element.js';
import type { Box, Point } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { type OrderIndex, orderIn } from '../element/order.js';
import { REGISTERS, type TOOLS } from '../element/register.js';

/** The color `ink`. */
export const INK_COLOR = -1;
export const NO_BYTES = new Uint8Array(0);

/**
 * A stroke that nobody touched, as most elements are, read from its birth several times faster than by unpacking that.
 * One scan is filled anew for every stroke.
 */
export interface StrokeScan {
  /** Where the author lies in the birth: nobody asks for them before the stroke is more than painted. */
  authorStart: number;
  authorEnd: number;
  createdAt: number;
  x: number;
  y: number;
  width: number;
  height: number;
  inkWidth: number;
  inkHeight: number;
  /** Of the pen. */
  penWidth: number;
  /** The bytes that the order lies in, and where. */
  orderBytes: Uint8Array;
  orderStart: number;
  orderEnd: number;
  locked: boolean;
  /** `0xrrggbb`, or -1 for `ink`. */
  color: number;
  opacity: number;
  tool: (typeof TOOLS)[number];
  /** Where the ink lies in the birth. */
  inkStart: number;
  inkEnd: number;
}

export const createStrokeScan = (): StrokeScan => ({
  authorStart: 0,
  authorEnd: 0,
  createdAt: 0,
  x: 0,
  y: 0,
  width: 0,
  height: 0,
  inkWidth: 0,
  inkHeight: 0,
  penWidth: 0,
  orderBytes: NO_BYTES,
  orderStart: 0,
  orderEnd: 0,
  locked: false,
  color: INK_COLOR,
  opacity: 1,
  tool: 'pen',
  inkStart: 0,
  inkEnd: 0,
});

/** Sets `box` to what the stroke paints in, as `boundsOf` has it. */
export const boxOfScan = (
  { x, y, width, height, penWidth }: StrokeScan,
  box: { -readonly [Edge in keyof Box]: Box[Edge] },
): Box => {
  box.minX = x - penWidth;
  box.minY = y - penWidth;
  box.maxX = x + Math.abs(width) + penWidth;
  box.maxY = y + Math.abs(height) + penWidth;
  return box;
};

export const orderOfScan = ({ orderBytes, orderStart, orderEnd }: StrokeScan): OrderIndex =>
  orderIn(orderBytes, orderStart, orderEnd);

const textIn = (bytes: Uint8Array, start: number, end: number): string | null => {
  try {
    return string.decodeUtf8(bytes.subarray(start, end));
  } catch {
    return null;
  }
};

/** Whether the bytes from `start` to `end` are a text in UTF-8. */
export const isTextIn = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) if (bytes[at]! >= 128) return textIn(bytes, start, end) !== null;
  return true;
};

/** The author of the stroke that was read last, who mostly is that of the next one: many strokes share one text. */
let author = '';

const isAuthorIn = (bytes: Uint8Array, start: number, end: number): boolean => {
  if (author.length !== end - start) return false;
  for (let at = start; at < end; at += 1) {
    if (bytes[at]! >= 128 || bytes[at] !== author.charCodeAt(at - start)) return false;
  }
  return true;
};

const authorIn = (bytes: Uint8Array, { authorStart, authorEnd }: StrokeScan): string => {
  if (!isAuthorIn(bytes, authorStart, authorEnd)) author = textIn(bytes, authorStart, authorEnd) ?? '';
  return author;
};

/** The stroke that a scan of `birth` found, as `readElement` has it. */
export const strokeOfScan = (id: ElementId, birth: Uint8Array, scan: StrokeScan): StrokeElement => {
  const { width, height, inkWidth, inkHeight } = scan;
  const size: Point = [width, height];
  return {
    id,
    kind: 'stroke',
    author: authorIn(birth, scan),
    createdAt: scan.createdAt,
    position: [scan.x, scan.y],
    size,
    rotation: REGISTERS.rotation.initial,
    order: orderOfScan(scan),
    parent: REGISTERS.parent.initial,
    locked: scan.locked,
    color: colorOfScan(scan.color),
    opacity: scan.opacity,
    tool: scan.tool,
    width: scan.penWidth,
    cuts: REGISTERS.cuts.initial,
    ink: birth.subarray(scan.inkStart, scan.inkEnd),
    inkSize: width === inkWidth && height === inkHeight ? size : [inkWidth, inkHeight],
  };
};

/** Of numbers of colors: boards have few. */
const hexes = new Map<number, string>();
const MOST_HEXES = 256;

export const colorOfScan = (color: number): string => {
  if (color === INK_COLOR) return REGISTERS.color.initial;
  let hex = hexes.get(color);
  if (hex === undefined) {
    hex = `#${color.toString(16).padStart(6, '0')}`;
    if (hexes.size === MOST_HEXES) hexes.clear();
    hexes.set(color, hex);
  }
  return hex;
};
