import type { Point } from '../geometry.js';

/** How the content of an element lies on the page. */
export interface Placement {
  /** The top left corner before rotation, page units. */
  readonly position: Point;
  /** Width and height before rotation; negative: mirrored along that axis, in the same box. */
  readonly size: Point;
  /** Radians, clockwise on screen, around the centre of the box. */
  readonly rotation: number;
  /** The size that the content has by itself: it is scaled to `size`. Absent: the content is as large as the box. */
  readonly natural?: Point | undefined;
}

/** An affine map, as in SVG's `matrix(a b c d e f)`: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The map from the content's own coordinates, its top left corner at the origin, to the page. */
export const toPage = ({ position, size, rotation, natural }: Placement): Matrix => {
  const width = Math.abs(size[0]);
  const height = Math.abs(size[1]);
  const [ownWidth, ownHeight] = natural ?? [width, height];
  // Content without extent, a straight line say, cannot be stretched in that direction.
  const scaleX = (ownWidth > 0 ? width / ownWidth : 1) * (size[0] < 0 ? -1 : 1);
  const scaleY = (ownHeight > 0 ? height / ownHeight : 1) * (size[1] < 0 ? -1 : 1);
  const cosine = Math.cos(rotation);
  const sine = Math.sin(rotation);
  const a = scaleX * cosine;
  const b = scaleX * sine;
  const c = -scaleY * sine;
  const d = scaleY * cosine;
  const centreX = position[0] + width / 2;
  const centreY = position[1] + height / 2;
  return [
    a,
    b,
    c,
    d,
    centreX - (a * ownWidth + c * ownHeight) / 2,
    centreY - (b * ownWidth + d * ownHeight) / 2,
  ];
};

/** The point that `matrix` maps (x, y) to. */
export const mapPoint = ([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point => [
  a * x + c * y + e,
  b * x + d * y + f,
];

/** The map back; null where `matrix` flattens the plane. */
export const invertMatrix = ([a, b, c, d, e, f]: Matrix): Matrix | null => {
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 0)) return null;
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
};

/** `point` turned around `centre` by `angle` radians, clockwise on screen. */
export const turnAround = ([x, y]: Point, [centreX, centreY]: Point, angle: number): Point => {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const dx = x - centreX;
  const dy = y - centreY;
  return [centreX + dx * cosine - dy * sine, centreY + dx * sine + dy * cosine];
};
