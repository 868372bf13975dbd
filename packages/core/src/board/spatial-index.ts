import type { Box } from '../element/geometry.js';
import type { ElementRecord } from './record.js';

/**
 * Finds the records near a place. Each lies in all cells of a grid that its box meets; very large ones lie apart. To put
 * a record there takes as long as to look at its box some dozens of times: until there were so many looks, which is
 * after a board has shown its first picture, boxes are looked through one by one.
 */
export interface SpatialIndex {
  /** Makes room for so many records: growing again and again would take longer. */
  reserve(count: number): void;
  /** Puts a record where `box` is, or nowhere for null; it leaves where it was. */
  place(record: ElementRecord, box: Box | null): void;
  /** Whether the box of a record meets `box`. */
  meets(record: ElementRecord, box: Box): boolean;
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

/** So many looks are done before the first records come into the grid. */
const FIRST_LOOKS = 64;
/** And so many records come into it with each look from then on: less than a millisecond of work. */
const STEP = 4_000;

/** The coordinates of a record that lies nowhere: no comparison lets it pass. */
const NOWHERE = Number.NaN;

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

/** The places that were found last. */
let found = new Uint32Array(FIRST_PLACES);

/**
 * Finds the places from `first` up to `end` whose boxes meet a box; returns how many there are. A function of its own,
 * with nothing around it: it is compiled once, and as quick in its first thousand steps as it ever gets.
 */
const findAmong = (
  boxes: Float64Array,
  first: number,
  end: number,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
): number => {
  if (found.length < end - first) found = new Uint32Array(2 * (end - first));
  const places = found;
  let count = 0;
  for (let place = first, at = 4 * first; place < end; place += 1, at += 4) {
    if (boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY)
      places[count++] = place;
  }
  return count;
};

export const createSpatialIndex = (): SpatialIndex => {
  /** Every record that ever lay somewhere, by its place: what is looked through are numbers, not objects. */
  const lying: ElementRecord[] = [];
  /** `[minX, minY, maxX, maxY]` of each, at four times its place. */
  let boxes: Float64Array = new Float64Array(4 * FIRST_PLACES);
  /** The last query that came across each. */
  let seen: Float64Array = new Float64Array(FIRST_PLACES);
  let query = 0;
  /** Places below this one are in the grid. */
  let gridded = 0;
  let looks = 0;
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

  const findPlaced = (cells: Cells, place: number): boolean => {
    const at = 4 * place;
    return find(cells, boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!);
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

  /** Puts some more records into the grid. */
  const extend = (): void => {
    const end = Math.min(gridded + STEP, lying.length);
    for (; gridded < end; gridded += 1) if (findPlaced(now, gridded)) insert(gridded, now);
    if (gridded === lying.length) looks = 0;
  };

  return {
    reserve,
    place(record, box) {
      if (record.place < 0) {
        if (box === null) return;
        makePlace(record);
      }
      const { place } = record;
      const lay = place < gridded && findPlaced(before, place);
      const lies = box !== null && box.minX <= box.maxX && box.minY <= box.maxY;
      const at = 4 * place;
      boxes[at] = lies ? box.minX : NOWHERE;
      boxes[at + 1] = lies ? box.minY : NOWHERE;
      boxes[at + 2] = lies ? box.maxX : NOWHERE;
      boxes[at + 3] = lies ? box.maxY : NOWHERE;
      if (place >= gridded) return;
      if (lies) findPlaced(now, place);
      if (lay && lies && isSame(before, now)) return;
      if (lay) remove(place, before);
      if (lies) insert(place, now);
    },
    meets({ place }, { minX, minY, maxX, maxY }) {
      const at = 4 * place;
      return boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY;
    },
    near({ minX, minY, maxX, maxY }) {
      const near: ElementRecord[] = [];
      if (gridded < lying.length && looks++ >= FIRST_LOOKS) extend();
      if (!find(now, minX, minY, maxX, maxY)) return near;
      const takeFrom = (first: number): void => {
        const count = findAmong(boxes, first, lying.length, minX, minY, maxX, maxY);
        for (let index = 0; index < count; index += 1) near.push(lying[found[index]!]!);
      };
      if (countOf(now) > filled) {
        takeFrom(0);
        return near;
      }
      query += 1;
      const take = (places: readonly number[]): void => {
        for (const place of places) {
          if (seen[place] === query) continue;
          seen[place] = query;
          const at = 4 * place;
          const meets =
            boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY;
          if (meets) near.push(lying[place]!);
        }
      };
      for (let x = now.left; x <= now.right; x += 1) {
        const column = columns.get(x);
        for (let y = now.top; column !== undefined && y <= now.bottom; y += 1) take(column.get(y) ?? NONE);
      }
      take(large);
      takeFrom(gridded);
      return near;
    },
  };
};

const NONE: readonly number[] = [];
