/** A point on the page, in page units. */
export type Point = readonly [x: number, y: number];

/** An axis-parallel box on the page, in page units. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}
