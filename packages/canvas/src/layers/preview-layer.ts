import { type Box, boxesMeet, comparePaint, type Element, type ElementId, uniteBoxes } from '@inkwire/core';
import { paintBounds } from '../paint/paint-bounds.js';
import { paintElement } from '../paint/paint-element.js';
import type { Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { sharedBox } from '../scene/box.js';
import type { TileSource } from './tile.js';

/** Elements as they look in somebody's gesture. The tiles leave them out meanwhile. */
export interface PreviewLayer {
  /**
   * Takes in how they look now, in paint order; returns the boxes on the page that look different since the last call.
   *
   * @param find finds what lines are bound to, as that looks now.
   */
  update(elements: readonly Element[], find: (id: ElementId) => Element | undefined): Box[];
  /** Whether one of them may reach into this box of the page. */
  reaches(box: Box): boolean;
  /** The parts of `box` where they lie between elements of the tiles: there all has to be painted anew, from paper on. */
  between(box: Box): readonly Box[];
  /** Paints everything that reaches into `box`, elements of the tiles as well. */
  paintAll(surface: Surface, theme: Theme, box: Box): void;
  /** Paints those that reach into `box`, where they lie over all that the tiles show. */
  paint(surface: Surface, theme: Theme, box: Box): void;
}

interface Shown {
  readonly element: Element;
  readonly box: Box;
}

/**
 * More elements than this around those in somebody's hands are not painted anew for each frame: what is held lies over
 * all of them, and comes to its place when it is let go.
 */
const MOST_BETWEEN = 200;
/** To count more than this for each frame takes too long: nothing is counted again as long as the same is held. */
const MOST_COUNTED = 4_000;
const NOWHERE: readonly Box[] = [];

export function createPreviewLayer(source: TileSource): PreviewLayer {
  let shown = new Map<ElementId, Shown>();
  let lookup: (id: ElementId) => Element | undefined = () => undefined;
  let places = NOWHERE;
  let uncounted = false;

  function liesOver(element: Element): boolean {
    if (shown.has(element.id) || source.fade(element) === 0) return false;
    const box = paintBounds(element, source.find);
    if (box === null) return false;
    for (const each of shown.values())
      if (boxesMeet(each.box, box) && comparePaint(each.element, element) < 0) return true;
    return false;
  }

  /** Where they lie, if something lies over them and not too much around them. */
  function findPlaces(): readonly Box[] {
    if (uncounted || shown.size === 0 || shown.size > MOST_BETWEEN) return NOWHERE;
    const found = joinMeeting([...shown.values()].map(({ box }) => box));
    let count = 0;
    for (const place of found) count += source.overview(place, () => true).length;
    uncounted = count > MOST_COUNTED;
    if (count > MOST_BETWEEN) return NOWHERE;
    return found.some((place) => source.query(place).some(liesOver)) ? found : NOWHERE;
  }

  function within(box: Box): Shown[] {
    return [...shown.values()].filter((each) => boxesMeet(each.box, box));
  }

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
      if (next.size !== shown.size || [...next.keys()].some((id) => !shown.has(id))) uncounted = false;
      shown = next;
      const wereBetween = places.length > 0;
      places = findPlaces();
      if (wereBetween !== places.length > 0) for (const { box } of shown.values()) damage.push(box);
      return damage;
    },
    reaches: (box) => within(box).length > 0,
    between: (box) => places.flatMap((place) => sharedBox(place, box) ?? []),
    paintAll(surface, theme, box) {
      const { find, fade, resources } = source;
      const mine = within(box).map(({ element }) => element);
      const others = source.query(box).filter(({ id }) => !shown.has(id));
      for (const element of [...others, ...mine].sort(comparePaint)) {
        if (shown.has(element.id))
          paintElement(surface, element, { theme, find: lookup, fade: 1, resources });
        else if (fade(element) > 0)
          paintElement(surface, element, { theme, find, fade: fade(element), resources });
      }
    },
    paint(surface, theme, box) {
      if (places.length > 0) return;
      for (const { element } of within(box))
        paintElement(surface, element, { theme, find: lookup, fade: 1, resources: source.resources });
    },
  };
}

/** Boxes around those that meet: what lies in several of them is painted once. */
function joinMeeting(boxes: readonly Box[]): Box[] {
  const joined: Box[] = [];
  for (const each of boxes) {
    let box = each;
    for (let at = 0; at < joined.length; ) {
      const other = joined[at];
      if (other === undefined || !boxesMeet(other, box)) {
        at++;
        continue;
      }
      // What it grew to may meet those before as well.
      box = uniteBoxes([box, other]);
      joined.splice(at, 1);
      at = 0;
    }
    joined.push(box);
  }
  return joined;
}
