import {
  type Board,
  type Element,
  type ElementId,
  type ImageElement,
  type Point,
  turnAround,
} from '@inkwire/core';
import type { Preview } from './tool.js';
import { middleOf } from './transform-elements.js';

/** Sorts before every id that is drawn by chance, and so lies beneath the picture. */
const GHOST = '000000000000' as ElementId;
/** How much of a picture's strength is left where it does not show. */
const FAINT = 0.3;

/** Adds to a gesture's preview all of the picture that is cropped, faint, beneath the part of it that shows. */
export function createCropGhost(board: Board): (cropping: ElementId | null, preview: Preview) => Preview {
  let last: { readonly image: ImageElement; readonly preview: Preview; readonly whole: Preview } | null =
    null;

  return (cropping, preview) => {
    const image = imageOf(cropping, board, preview);
    if (image === null) {
      last = null;
      return preview;
    }
    if (last === null || last.image !== image || last.preview !== preview) {
      const whole = new Map<ElementId, Element | undefined>([
        ...preview,
        [image.id, image],
        [GHOST, wholeOf(image)],
      ]);
      last = { image, preview, whole };
    }
    return last.whole;
  };
}

function imageOf(id: ElementId | null, board: Board, preview: Preview): ImageElement | null {
  if (id === null) return null;
  const element = preview.has(id) ? preview.get(id) : board.get(id);
  return element?.kind === 'image' ? element : null;
}

/** The picture as it would be if nothing of it were cropped, in its place. */
function wholeOf(image: ImageElement): ImageElement {
  const { size, crop, rotation, opacity } = image;
  const [width, height] = size.map(Math.abs) as [number, number];
  const [left, top, right, bottom] = crop;
  const [wholeWidth, wholeHeight] = [width / (right - left), height / (bottom - top)];
  /** How far the middle of the whole lies from that of the part, along one axis. */
  const aside = (low: number, high: number, whole: number, signed: number) =>
    (signed < 0 ? -1 : 1) * (0.5 - (low + high) / 2) * whole;
  const centre = middleOf(image);
  const upright: Point = [
    centre[0] + aside(left, right, wholeWidth, size[0]),
    centre[1] + aside(top, bottom, wholeHeight, size[1]),
  ];
  const [x, y] = turnAround(upright, centre, rotation);
  return {
    ...image,
    id: GHOST,
    position: [x - wholeWidth / 2, y - wholeHeight / 2],
    size: [wholeWidth * (Math.sign(size[0]) || 1), wholeHeight * (Math.sign(size[1]) || 1)],
    crop: [0, 0, 1, 1],
    opacity: opacity * FAINT,
  };
}
