import { type Box, boxesMeet, type Element, type ElementId } from '@inkwire/core';
import { paintBounds } from '../paint/paint-bounds.js';
import type { PaintResources } from '../paint/paint-context.js';
import { paintElement } from '../paint/paint-element.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';

/** Elements as they look in somebody's gesture, over the tiles, which leave them out meanwhile. */
export interface PreviewLayer {
  /**
   * Takes in how they look now, in paint order; returns the boxes on the page that look different since the last call.
   *
   * @param find finds what lines are bound to, as that looks now.
   */
  update(elements: readonly Element[], find: (id: ElementId) => Element | undefined): Box[];
  /** Whether one of them may reach into this box of the page. */
  reaches(box: Box): boolean;
  /** Paints those that reach into `box`. */
  paint(surface: Surface, theme: Theme, box: Box): void;
}

interface Shown {
  readonly element: Element;
  readonly box: Box;
}

export function createPreviewLayer(resources?: PaintResources): PreviewLayer {
  let shown = new Map<ElementId, Shown>();
  let lookup: (id: ElementId) => Element | undefined = () => undefined;

  return {
    update(elements, find) {
      if (elements.length === 0 && shown.size === 0) return [];
      const damage: Box[] = [];
      const next = new Map<ElementId, Shown>();
      lookup = find;
      for (const element of elements) {
        const before = shown.get(element.id);
        if (before?.element === element) {
          next.set(element.id, before);
          continue;
        }
        const box = paintBounds(element, find);
        if (box === null) continue;
        next.set(element.id, { element, box });
        damage.push(box);
        if (before !== undefined) damage.push(before.box);
      }
      for (const [id, { box }] of shown) if (!next.has(id)) damage.push(box);
      shown = next;
      return damage;
    },
    reaches(box) {
      for (const each of shown.values()) if (boxesMeet(each.box, box)) return true;
      return false;
    },
    paint(surface, theme, box) {
      for (const { element, box: reached } of shown.values()) {
        if (boxesMeet(reached, box)) {
          paintElement(surface, element, { theme, find: lookup, fade: 1, resources });
        }
      }
    },
  };
}
