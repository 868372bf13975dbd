import type { CustomElement, Element, ElementId } from '@inkwire/core';
import type { Images } from './images.js';
import type { Surface } from './surface.js';
import type { Measure } from './text-measure.js';
import type { Theme } from './theme.js';

/**
 * Paints an element of a kind that an app defined, on the screen and in exports alike. The surface is placed: [0, 0] is
 * the top left corner of the element's box, before it is turned.
 */
export type KindPainter = (surface: Surface, element: CustomElement, context: PaintContext) => void;

/** What painting needs that no element holds. */
export interface PaintResources {
  /** Where pictures come from. Default: none are shown. */
  readonly images?: Images | undefined;
  /** The painters of an app's own kinds, by the kind's name. Default: each is shown as a placeholder. */
  readonly painters?: Readonly<Record<string, KindPainter>> | undefined;
  /** How wide text is. Default: by the fonts of this machine. */
  readonly measure?: Measure | undefined;
}

/** What painting an element depends on besides the element. */
export interface PaintContext {
  readonly theme: Theme;
  /** Multiplies the element's opacity, 0..1. */
  readonly fade: number;
  /** Finds what lines are bound to, and the frames that elements are in. */
  find(id: ElementId): Element | undefined;
  readonly resources?: PaintResources | undefined;
}
