import type { Box } from '../element/geometry.js';
import type { ElementRecord } from './record.js';

/** Finds the records near a place. Each lies in all cells of a grid that its box meets; very large ones lie apart. */
export interface SpatialIndex {
  /** Puts a record where `box` is, or nowhere for null; it leaves where it was. */
  place(record: ElementRecord, box: Box | null): void;
  /** Every record whose box meets `box`, once. */
  near(box: Box): ElementRecord[];
}

/** Page units: about the size of a word, so that a screen meets some dozens of cells. */
const CELL = 512;
/** A record in more cells than this is kept in a list that every query reads. */
const MAX_CELLS = 64;
/** Cells are numbered from the page's far corner, so that one number names each. */
const OFFSET = 2 ** 25;
const STRIDE = 2 ** 26;

const FIRST_PLACES = 1_024;

const cell = (coordinate: number): number =>
  Math.max(-OFFSET, Math.min(OFFSET - 1, Math.floor(coordinate / CELL)));

const cellsOf = (left: number, top: number, right: number, bottom: number): number =>
  (right - left + 1) * (bottom - top + 1);

export const createSpatialIndex = (): SpatialIndex => {
  const cells = new Map<number, ElementRecord[]>();
  const large = new Set<ElementRecord>();
  /** `[minX, minY, maxX, maxY]` of each record that ever lay somewhere, at four times its place. */
  let boxes = new Float64Array(4 * FIRST_PLACES);
  let places = 0;
  let query = 0;

  const note = (record: ElementRecord, { minX, minY, maxX, maxY }: Box): void => {
    if (record.place < 0) record.place = places++;
    const at = 4 * record.place;
    if (at === boxes.length) {
      const larger = new Float64Array(2 * boxes.length);
      larger.set(boxes);
      boxes = larger;
    }
    boxes[at] = minX;
    boxes[at + 1] = minY;
    boxes[at + 2] = maxX;
    boxes[at + 3] = maxY;
  };

  const eachCell = (
    left: number,
    top: number,
    right: number,
    bottom: number,
    visit: (key: number) => void,
  ): void => {
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) visit((x + OFFSET) * STRIDE + y + OFFSET);
    }
  };

  const remove = (record: ElementRecord): void => {
    if (record.left > record.right) return;
    if (large.delete(record)) return;
    eachCell(record.left, record.top, record.right, record.bottom, (key) => {
      const inside = cells.get(key) ?? [];
      const at = inside.indexOf(record);
      const last = inside.pop();
      if (last !== undefined && last !== record) inside[at] = last;
      if (inside.length === 0) cells.delete(key);
    });
  };

  const insert = (record: ElementRecord): void => {
    const { left, top, right, bottom } = record;
    if (cellsOf(left, top, right, bottom) > MAX_CELLS) {
      large.add(record);
      return;
    }
    eachCell(left, top, right, bottom, (key) => {
      const inside = cells.get(key);
      if (inside === undefined) cells.set(key, [record]);
      else inside.push(record);
    });
  };

  return {
    place(record, box) {
      if (box !== null) note(record, box);
      const left = box === null ? 1 : cell(box.minX);
      const right = box === null ? 0 : cell(box.maxX);
      const top = box === null ? 0 : cell(box.minY);
      const bottom = box === null ? 0 : cell(box.maxY);
      if (record.left === left && record.top === top && record.right === right && record.bottom === bottom)
        return;
      remove(record);
      record.left = left;
      record.top = top;
      record.right = right;
      record.bottom = bottom;
      if (left <= right) insert(record);
    },
    near(box) {
      query += 1;
      const found: ElementRecord[] = [];
      const { minX, minY, maxX, maxY } = box;
      const take = (record: ElementRecord): void => {
        if (record.query === query) return;
        record.query = query;
        const at = 4 * record.place;
        const meets =
          boxes[at]! <= maxX && boxes[at + 2]! >= minX && boxes[at + 1]! <= maxY && boxes[at + 3]! >= minY;
        if (meets) found.push(record);
      };
      const [left, top, right, bottom] = [cell(box.minX), cell(box.minY), cell(box.maxX), cell(box.maxY)];
      if (cellsOf(left, top, right, bottom) > cells.size) {
        for (const inside of cells.values()) for (const record of inside) take(record);
      } else {
        eachCell(left, top, right, bottom, (key) => {
          for (const record of cells.get(key) ?? []) take(record);
        });
      }
      for (const record of large) take(record);
      return found;
    },
  };
};
