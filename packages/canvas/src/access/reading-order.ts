import { type Board, type Box, boundsOf, type Element, type ElementId } from '@inkwire/core';

/** Elements in the order in which somebody reads a page, as far as it was asked for. */
export interface ReadingOrder {
  /** All elements, each frame and group before what it holds. Sorted when it is asked for, and kept while nothing changes. */
  all(): readonly ElementId[];
  /** The one after or before `id`; from nothing, the first or last. Null at the ends. */
  next(id: ElementId | null, by: 1 | -1): ElementId | null;
  /** Whether it was asked for and is kept. */
  readonly isKept: boolean;
  destroy(): void;
}

/** An element belongs to the row of the one before if its top lies in so much of that one's height. */
const ROW = 0.5;

/** Follows `board` until it is destroyed; costs nothing until somebody asks. */
export function createReadingOrder(board: Board): ReadingOrder {
  let kept: { readonly ids: readonly ElementId[]; readonly places: ReadonlyMap<ElementId, number> } | null =
    null;
  let unsubscribe: (() => void) | null = null;

  function sorted(): NonNullable<typeof kept> {
    // It is followed from the first question on, and forgotten with the first change.
    unsubscribe ??= board.subscribe(() => {
      kept = null;
      unsubscribe?.();
      unsubscribe = null;
    });
    kept ??= order(board);
    return kept;
  }

  return {
    all: () => sorted().ids,
    next(id, by) {
      const { ids, places } = sorted();
      const at = id === null ? undefined : places.get(id);
      if (at === undefined) return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
      return ids[at + by] ?? null;
    },
    get isKept() {
      return kept !== null;
    },
    destroy() {
      unsubscribe?.();
      kept = null;
    },
  };
}

interface Placed {
  readonly element: Element;
  readonly box: Box;
}

function order(board: Board): { ids: readonly ElementId[]; places: ReadonlyMap<ElementId, number> } {
  const held = new Map<ElementId | null, Element[]>();
  for (const element of board.elements()) {
    const siblings = held.get(element.parent);
    if (siblings === undefined) held.set(element.parent, [element]);
    else siblings.push(element);
  }
  const boxes = new Map<ElementId, Box>();
  const ids: ElementId[] = [];
  // Groups may be nested as deeply as somebody likes: without recursion, inner ones before what holds them.
  const outermostFirst: Element[] = [...(held.get(null) ?? [])];
  for (let i = 0; i < outermostFirst.length; i++)
    outermostFirst.push(...(held.get((outermostFirst[i] as Element).id) ?? []));
  for (const element of outermostFirst.reverse()) boxes.set(element.id, boxOf(element, held, boxes, board));
  const waiting = inRows(held.get(null) ?? [], boxes).reverse();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    ids.push(element.id);
    const inside = held.get(element.id);
    if (inside !== undefined) waiting.push(...inRows(inside, boxes).reverse());
  }
  return { ids, places: new Map(ids.map((id, i) => [id, i])) };
}

function boxOf(
  element: Element,
  held: ReadonlyMap<ElementId | null, readonly Element[]>,
  boxes: ReadonlyMap<ElementId, Box>,
  board: Board,
): Box {
  if (element.kind !== 'group') return boundsOf(element, board.recall);
  let box: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { id } of held.get(element.id) ?? []) {
    const own = boxes.get(id);
    if (own === undefined) continue;
    box = {
      minX: Math.min(box.minX, own.minX),
      minY: Math.min(box.minY, own.minY),
      maxX: Math.max(box.maxX, own.maxX),
      maxY: Math.max(box.maxY, own.maxY),
    };
  }
  return box;
}

/** From top to bottom; what stands side by side from left to right. */
function inRows(elements: readonly Element[], boxes: ReadonlyMap<ElementId, Box>): Element[] {
  const placed = elements
    .flatMap((element): Placed[] => {
      const box = boxes.get(element.id);
      return box === undefined ? [] : [{ element, box }];
    })
    .sort((a, b) => a.box.minY - b.box.minY || a.box.minX - b.box.minX);
  const rows: Placed[][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const each of placed) {
    if (each.box.minY < bottom) rows.at(-1)?.push(each);
    else {
      rows.push([each]);
      bottom = each.box.minY + ROW * (each.box.maxY - each.box.minY);
    }
  }
  return rows.flatMap((row) => row.sort((a, b) => a.box.minX - b.box.minX).map(({ element }) => element));
}
