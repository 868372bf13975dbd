import type { StrokeElement } from '../element/element.js';
import { NO_BOX } from '../element/geometry/box.js';
import type { Box } from '../element/geometry.js';
import { REGISTERS, TOOLS } from '../element/register.js';
import type { InkSpan, PlainStroke } from './overview.js';
import type { ElementRecord } from './record.js';
import { scanStroke } from './scan-birth.js';
import {
  boxOfScan,
  colorOfScan,
  createStrokeScan,
  NO_BYTES,
  type StrokeScan,
  strokeOfScan,
} from './stroke-scan.js';

/**
 * The strokes that nobody touched, as most elements are. They are read without being unpacked, and what is painted of
 * them is kept as numbers in a row: a board that is opened paints fifty thousand of them once, and to make an element of
 * each takes longer, and more memory, than all that the board knows of it.
 */
export interface PlainStrokes {
  /** Makes room for so many records: growing again and again would take longer. */
  reserve(count: number): void;
  /** Whether a record is one; if so, `scanned` is what it is. */
  scan(record: ElementRecord): boolean;
  readonly scanned: Readonly<StrokeScan>;
  /** Where what was scanned lies; another box with the next that is scanned. */
  box(): Box;
  /** As an element; null for a record that is none. */
  read(record: ElementRecord): StrokeElement | null;
  /** Keeps what was scanned, of a record that has a place. */
  keep(record: ElementRecord): void;
  /** Forgets what was kept of a record. */
  drop(record: ElementRecord): void;
  /** Whether anything is kept of a record. */
  keeps(record: ElementRecord): boolean;
  /** What was kept of a record, in an object that is filled anew for each; null for nothing. */
  glance(record: ElementRecord): PlainStroke | null;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Numbers of each: x, y, width, height, the width of the pen, opacity. */
const NUMBERS = 6;
/** Whole numbers of each: where its ink begins and ends in its birth, color, tool. Ink that begins at 0 is none. */
const WHOLE_NUMBERS = 4;

export const createPlainStrokes = (): PlainStrokes => {
  const scanned = createStrokeScan();
  const box = { ...NO_BOX };
  // By place.
  let numbers = new Float64Array(0);
  let wholeNumbers = new Int32Array(0);
  const position: [number, number] = [0, 0];
  const size: [number, number] = [0, 0];
  const inkSpan: Writable<InkSpan> = { bytes: NO_BYTES, start: 0, end: 0 };
  const stroke: Writable<PlainStroke> = {
    id: '' as PlainStroke['id'],
    kind: 'stroke',
    position,
    size,
    rotation: REGISTERS.rotation.initial,
    parent: null,
    color: REGISTERS.color.initial,
    opacity: REGISTERS.opacity.initial,
    tool: REGISTERS.tool.initial,
    width: REGISTERS.width.initial,
    cuts: REGISTERS.cuts.initial,
    inkSpan,
    inkSize: size,
  };

  const reserve = (count: number): void => {
    if (NUMBERS * count <= numbers.length) return;
    const [numbersBefore, wholeNumbersBefore] = [numbers, wholeNumbers];
    numbers = new Float64Array(NUMBERS * count);
    numbers.set(numbersBefore);
    wholeNumbers = new Int32Array(WHOLE_NUMBERS * count);
    wholeNumbers.set(wholeNumbersBefore);
  };

  const scan = ({ birth, siblings }: ElementRecord): boolean =>
    birth !== null && siblings.length === 0 && scanStroke(birth, scanned);

  return {
    reserve,
    scanned,
    scan,
    box: () => boxOfScan(scanned, box),
    read(record) {
      const { id, birth, born } = record;
      if (birth === null || born !== undefined || !scan(record)) return null;
      const element = strokeOfScan(id, birth, scanned);
      record.ink = element.ink;
      return element;
    },
    keep({ place }) {
      const { width, height } = scanned;
      if (NUMBERS * place >= numbers.length) reserve(2 * place + 1);
      let at = NUMBERS * place;
      numbers[at++] = scanned.x;
      numbers[at++] = scanned.y;
      numbers[at++] = width;
      numbers[at++] = height;
      numbers[at++] = scanned.penWidth;
      numbers[at] = scanned.opacity;
      at = WHOLE_NUMBERS * place;
      const isAsDrawn = width === scanned.inkWidth && height === scanned.inkHeight;
      wholeNumbers[at++] = isAsDrawn ? scanned.inkStart : 0;
      wholeNumbers[at++] = scanned.inkEnd;
      wholeNumbers[at++] = scanned.color;
      wholeNumbers[at] = TOOLS.indexOf(scanned.tool);
    },
    drop({ place }) {
      if (place >= 0 && WHOLE_NUMBERS * place < wholeNumbers.length) wholeNumbers[WHOLE_NUMBERS * place] = 0;
    },
    keeps: ({ place }) => (wholeNumbers[WHOLE_NUMBERS * place] ?? 0) > 0,
    glance({ id, birth, place }) {
      let at = WHOLE_NUMBERS * place;
      const start = wholeNumbers[at++] ?? 0;
      if (birth === null || start === 0) return null;
      inkSpan.bytes = birth;
      inkSpan.start = start;
      inkSpan.end = wholeNumbers[at++]!;
      stroke.id = id;
      stroke.color = colorOfScan(wholeNumbers[at++]!);
      stroke.tool = TOOLS[wholeNumbers[at]!]!;
      at = NUMBERS * place;
      position[0] = numbers[at++]!;
      position[1] = numbers[at++]!;
      size[0] = numbers[at++]!;
      size[1] = numbers[at++]!;
      stroke.width = numbers[at++]!;
      stroke.opacity = numbers[at]!;
      return stroke;
    },
  };
};
