import {
  type Board,
  type Box,
  boxesMeet,
  type Element,
  type ElementId,
  growBox,
  uniteBoxes,
  withContents,
} from '@inkwire/core';
import type { ResolveImage } from '../images/image-source.js';
import { LARGEST_OVERREACH, paintBounds } from '../paint/paint-bounds.js';
import type { KindPainter, PaintResources } from '../paint/paint-context.js';
import { paintElement } from '../paint/paint-element.js';
import type { Surface } from '../paint/surface.js';
import type { Measure } from '../paint/text-measure.js';
import { DARK, LIGHT, type Theme } from '../paint/theme.js';
import { seenBounds } from '../scene/seen-bounds.js';

export interface PictureOptions {
  /** What to show: elements by id, with what is in them, or what lies in a box of the page, which is then the picture. Default: everything. */
  readonly only?: Iterable<ElementId> | Box | undefined;
  /** Default `'light'`. */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Default `'paper'`: of the theme. */
  readonly background?: 'paper' | 'transparent' | undefined;
  /** Page units around what is shown; none around a box. Default 16. */
  readonly margin?: number | undefined;
  /** Whether what is shown is also in the file as a board that can be opened again, with its authors. Default true. */
  readonly embed?: boolean | undefined;
  /** Finds the pictures of image elements, as for `mountBoard`. */
  readonly resolveImage?: ResolveImage | undefined;
  /** Paint an app's own kinds, by the kind's name, as for `mountBoard`. */
  readonly painters?: Readonly<Record<string, KindPainter>> | undefined;
  /** How wide text is, in page units. Default: by the fonts of this machine. */
  readonly measure?: Measure | undefined;
}

/** A part of a board, ready to be painted. */
export interface Picture {
  readonly box: Box;
  readonly theme: Theme;
  /** null for a transparent one. */
  readonly background: string | null;
  /** What is shown, in paint order. */
  readonly elements: readonly Element[];
  paint(surface: Surface, images: PaintResources['images']): void;
}

/**
 * Gathers what a picture shows; a board without elements gives an empty square. Throws `RangeError` for a box or a margin
 * that cannot be.
 */
export function pictureOf(board: Board, options: PictureOptions = {}): Picture {
  const { only, margin = 16, painters, measure } = options;
  const theme = options.theme === 'dark' ? DARK : LIGHT;
  if (!(margin >= 0 && Number.isFinite(margin))) throw new RangeError(`margin must not be ${margin}.`);
  if (isBox(only)) checkBox(only);
  const elements = elementsOf(board, only);
  return {
    box: isBox(only) ? only : growBox(boundsOfAll(board, elements), margin),
    theme,
    background: options.background === 'transparent' ? null : theme.paper,
    elements,
    paint(surface, images) {
      const resources: PaintResources = { images, painters, measure };
      for (const element of elements) {
        paintElement(surface, element, { theme, fade: 1, find: board.recall, resources });
      }
    },
  };
}

function elementsOf(board: Board, only: PictureOptions['only']): readonly Element[] {
  if (only === undefined) return [...board.elements()];
  return isBox(only) ? elementsIn(board, only) : withContents(board, only);
}

/** What paints in a box, and the groups and frames that hold it, in which it is when the picture is opened again. */
function elementsIn(board: Board, box: Box): readonly Element[] {
  const ids = new Set<ElementId>();
  for (const element of board.query(growBox(box, LARGEST_OVERREACH))) {
    const reached = paintBounds(element, board.recall);
    if (reached !== null && boxesMeet(reached, box)) ids.add(element.id);
  }
  // What is added is looked at as well.
  for (const id of ids) {
    const parent = board.get(id)?.parent ?? null;
    if (parent !== null) ids.add(parent);
  }
  return [...board.elements()].filter(({ id }) => ids.has(id));
}

function boundsOfAll(board: Board, elements: readonly Element[]): Box {
  const boxes = elements.map((element) => seenBounds(element, board.recall)).filter((box) => box !== null);
  return boxes.length === 0 ? { minX: 0, minY: 0, maxX: 1, maxY: 1 } : uniteBoxes(boxes);
}

function isBox(only: PictureOptions['only']): only is Box {
  return only !== undefined && 'minX' in only;
}

function checkBox({ minX, minY, maxX, maxY }: Box): void {
  const isBox = [minX, minY, maxX, maxY].every(Number.isFinite) && minX < maxX && minY < maxY;
  if (!isBox) throw new RangeError(`only must be a box with an extent, not ${[minX, minY, maxX, maxY]}.`);
}
