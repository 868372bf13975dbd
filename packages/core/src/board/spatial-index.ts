import type { Box } from '../element/geometry.js';
import type { ElementRecord } from './record.js';

/** Finds the records near a place. Each lies in all cells of a grid that its box meets; very large ones lie apart. */
export interface SpatialIndex {
  /** Makes room for so many records: growing again and again would take longer. */
  reserve(count: number): void;
  /** Puts a record where `box` is, or nowhere for null; it leaves where it was. */
  place(record: ElementRecord, box: Box | null): void;
  /** Every record whose box meets `box`, once. */
  near(box: Box): ElementRecord[];
}

/** The cells that a box meets. */
interface Cells {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Page units: about the size of a word, so that a screen meets some dozens of cells. */
const CELL = 512;
/** A record in more cells than this is kept in a list that every query reads. */
const MAX_CELLS = 64;
/** What lies further out than this many cells is in the last of them: no element is that far from the origin. */
const FURTHEST = 2 ** 25;

const FIRST_PLACES = 1_024;

const cell = (coordinate: number): number =>
  Math.max(-FURTHEST, Math.min(FURTHEST - 1, Math.floor(coordinate / CELL)));

const countOf = ({ left, top, right, bottom }: Cells): number => (right - left + 1) * (bottom - top + 1);

const isSame = (a: Cells, b: Cells): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

const resized = (numbers: Float64Array, length: number): Float64Array => {
  const larger = new Float64Array(length);
  larger.set(numbers);
  return larger;
};

const drop = (places: number[], place: number): void => {
  const last = places.pop();
  if (last !== undefined && last !== place) places[places.indexOf(place)] = last;
};

export const createSpatialIndex = (): SpatialIndex => {
  /** Every record that ever lay somewhere, by its place: what is looked through are numbers, not objects. */
  const lying: ElementRecord[] = [];
  /** `[minX, minY, maxX, maxY]` of each, at four times its place; minX > maxX where it lies nowhere now. */
  let boxes: Float64Array = new Float64Array(4 * FIRST_PLACES);
  /** The last query that came across each. */
  let seen: Float64Array = new Float64Array(FIRST_PLACES);
  let query = 0;
  /** Places by column and row of the cell. */
  const columns = new Map<number, Map<number, number[]>>();
  let filled = 0;
  const large: number[] = [];
  // Used for one box after the other: a board that is loaded has very many.
  const before: Cells = { left: 0, top: 0, right: 0, bottom: 0 };
  const now: Cells = { left: 0, top: 0, right: 0, bottom: 0 };

  const reserve = (count: number): void => {
    if (count <= seen.length) return;
    seen = resized(seen, count);
    boxes = resized(boxes, 4 * count);
  };

  const makePlace = (record: ElementRecord): void => {
    record.place = lying.push(record) - 1;
    if (record.place === seen.length) reserve(2 * seen.length);
  };

  /** Sets `cells`; false, and they are left as they were, for a box that holds nothing. */
  const find = (cells: Cells, minX: number, minY: number, maxX: number, maxY: number): boolean => {
    if (!(minX <= maxX && minY <= maxY)) return false;
    cells.left = cell(minX);
    cells.top = cell(minY);
    cells.right = cell(maxX);
    cells.bottom = cell(maxY);
    return true;
  };

  const remove = (place: number, cells: Cells): void => {
    if (countOf(cells) > MAX_CELLS) {
      drop(large, place);
      return;
    }
    for (let x = cells.left; x <= cells.right; x += 1) {
      const column = columns.get(x);
      for (let y = cells.top; column !== undefined && y <= cells.bottom; y += 1) {
        const inside = column.get(y) ?? [];
        drop(inside, place);
        if (inside.length === 0 && column.delete(y)) filled -= 1;
      }
      if (column?.size === 0) columns.delete(x);
    }
  };

  const insert = (place: number, cells: Cells): void => {
    if (countOf(cells) > MAX_CELLS) {
      large.push(place);
      return;
    }
    for (let x = cells.left; x <= cells.right; x += 1) {
      let column = columns.get(x);
      if (column === undefined) {
        column = new Map();
        columns.set(x, column);
      }
      for (let y = cells.top; y <= cells.bottom; y += 1) {
        const inside = column.get(y);
        if (inside !== undefined) inside.push(place);
        else {
          column.set(y, [place]);
          filled += 1;
        }
      }
    }
  };

  return {
    reserve,
    place(record, box) {
      if (record.place < 0) {
        if (box === null) return;
        makePlace(record);
        boxes[4 * record.place] = 1;
      }
      const { place } = record;
      const at = 4 * place;
      const lay = find(before, boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!);
      const lies = box !== null && find(now, box.minX, box.minY, box.maxX, box.maxY);
      boxes[at] = lies ? box.minX : 1;
      boxes[at + 1] = lies ? box.minY : 0;
      boxes[at + 2] = lies ? box.maxX : 0;
      boxes[at + 3] = lies ? box.maxY : 0;
      if (lay && lies && isSame(before, now)) return;
      if (lay) remove(place, before);
      if (lies) insert(place, now);
    },
    near({ minX, minY, maxX, maxY }) {
      query += 1;
      const found: ElementRecord[] = [];
      const take = (places: readonly number[]): void => {
        for (const place of places) {
          if (seen[place] === query) continue;
          seen[place] = query;
          const at = 4 * place;
          const meets =
            boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY;
          if (meets) found.push(lying[place]!);
        }
      };
      if (!find(now, minX, minY, maxX, maxY)) return found;
      if (countOf(now) > filled) {
        for (const column of columns.values()) for (const inside of column.values()) take(inside);
      } else {
        for (let x = now.left; x <= now.right; x += 1) {
          const column = columns.get(x);
          for (let y = now.top; column !== undefined && y <= now.bottom; y += 1) take(column.get(y) ?? NONE);
        }
      }
      take(large);
      return found;
    },
  };
};

const NONE: readonly number[] = [];
