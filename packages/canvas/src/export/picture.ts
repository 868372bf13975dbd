import { type Board, type Box, type Element, type ElementId, growBox, uniteBoxes } from '@inkwire/core';
import { paintBounds } from '../paint/paint-bounds.js';
import { paintElement } from '../paint/paint-element.js';
import type { Surface } from '../paint/surface.js';
import type { Measure } from '../paint/text-measure.js';
import { DARK, LIGHT, type Theme } from '../paint/theme.js';

export interface PictureOptions {
  /** What to show: elements by id, or what lies in a box of the page, which is then the picture. Default: everything. */
  readonly only?: Iterable<ElementId> | Box | undefined;
  /** Default `'light'`. */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Default `'paper'`: of the theme. */
  readonly background?: 'paper' | 'transparent' | undefined;
  /** Page units around what is shown; none around a box. Default 16. */
  readonly margin?: number | undefined;
}

/** A part of a board, ready to be painted. */
export interface Picture {
  readonly box: Box;
  readonly theme: Theme;
  /** null for a transparent one. */
  readonly background: string | null;
  paint(surface: Surface): void;
}

/** Gathers what a picture shows; a board without elements gives an empty square. */
export function pictureOf(board: Board, options: PictureOptions = {}, measure?: Measure): Picture {
  const { only, margin = 16 } = options;
  const theme = options.theme === 'dark' ? DARK : LIGHT;
  const elements = elementsOf(board, only);
  return {
    box: isBox(only) ? only : growBox(boundsOfAll(board, elements), margin),
    theme,
    background: options.background === 'transparent' ? null : theme.paper,
    paint(surface) {
      for (const element of elements) {
        paintElement(surface, element, { theme, fade: 1, find: board.recall, measure });
      }
    },
  };
}

function elementsOf(board: Board, only: PictureOptions['only']): readonly Element[] {
  if (only === undefined) return [...board.elements()];
  if (isBox(only)) return board.query(only);
  const ids = new Set(only);
  return [...board.elements()].filter(({ id }) => ids.has(id));
}

function boundsOfAll(board: Board, elements: readonly Element[]): Box {
  const boxes = elements.map((element) => paintBounds(element, board.recall)).filter((box) => box !== null);
  return boxes.length === 0 ? { minX: 0, minY: 0, maxX: 1, maxY: 1 } : uniteBoxes(boxes);
}

function isBox(only: PictureOptions['only']): only is Box {
  return only !== undefined && 'minX' in only;
}
