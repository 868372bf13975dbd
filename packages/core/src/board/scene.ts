import type { Element } from '../element/element.js';
import { growBox } from '../element/geometry/box.js';
import type { ElementId } from '../element/id.js';
import { comparePaint } from '../element/order.js';
import { boundsWithLetters } from '../element/unmeasured-text.js';
import { type Before, looksDifferent, remember } from './before.js';
import { createLinks } from './links.js';
import { overviewOf } from './overview.js';
import { createPaintOrder } from './paint-order.js';
import { addLineages, createParentage } from './parentage.js';
import { createPlainStrokes } from './plain-strokes.js';
import { readElement, type Surroundings } from './read-element.js';
import { type ElementRecord, isRemoved } from './record.js';
import { canBeTarget, resolveElement } from './resolve-element.js';
import type { Difference, Scene } from './scene-port.js';
import { createSpatialIndex } from './spatial-index.js';
import { orderOfScan } from './stroke-scan.js';
import { createTopOrder } from './top-order.js';

/** Records taken in between two chances to do something else. */
const STEP = 1_000;

const NO_DEPENDENTS: readonly Before[] = [];

export const createScene = (
  records: ReadonlyMap<ElementId, ElementRecord>,
  surroundings: Surroundings,
): Scene => {
  const links = createLinks();
  const index = createSpatialIndex();
  const strokes = createPlainStrokes();
  /** Records that change in the transaction at hand. */
  const changing = new Map<ElementId, Before>();
  /** Those that may look different because others change. */
  const dependent = new Set<ElementId>();
  let size = 0;
  const topOrder = createTopOrder();
  const paintOrder = createPaintOrder((record) => elementOf(record));
  let started = false;
  let settling = false;

  const alone = (record: ElementRecord): Element | null => {
    if (record.alone === undefined) record.alone = strokes.read(record) ?? readElement(record, surroundings);
    return record.alone;
  };

  const canBeSeen = (id: ElementId): boolean => {
    const record = records.get(id);
    return record !== undefined && !isRemoved(record) && (strokes.scan(record) || alone(record) !== null);
  };

  const writtenParent = (id: ElementId): ElementId | null => {
    const parent = links.parent(id);
    return parent !== null && canBeSeen(parent) ? parent : null;
  };
  const parentage = createParentage(writtenParent);

  const neighbours: ReturnType<Scene['neighbours']> = {
    writtenParent,
    parent: parentage.of,
    target(id) {
      const record = records.get(id);
      const element = record === undefined ? null : alone(record);
      return element !== null && canBeTarget(element) ? element : null;
    },
  };

  const elementOf = (record: ElementRecord): Element | null => {
    if (record.element === undefined) {
      const element = alone(record);
      record.element = element === null ? null : resolveElement(element, neighbours);
    }
    return record.element;
  };

  const show = (record: ElementRecord, shown: boolean): void => {
    if (record.shown !== shown) size += shown ? 1 : -1;
    record.shown = shown;
  };

  /** The parent as it is written. */
  const parentOf = (record: ElementRecord): ElementId | null =>
    strokes.scan(record) ? null : (alone(record)?.parent ?? null);

  /** @param known what it was, as far as anybody knows. */
  const takeInStroke = (record: ElementRecord, known?: Element | null): boolean => {
    if (!strokes.scan(record)) return false;
    const { orderBytes, orderStart, orderEnd } = strokes.scanned;
    show(record, true);
    const isTop = topOrder.riseTo(orderBytes, orderStart, orderEnd);
    if (!known || known.order !== orderOfScan(strokes.scanned)) paintOrder.put(record, isTop);
    index.place(record, strokes.box());
    strokes.keep(record);
    return true;
  };

  /** @param known what it was, as far as anybody knows. */
  const takeIn = (record: ElementRecord, known?: Element | null): void => {
    const element = elementOf(record);
    const shown = element !== null && !isRemoved(record);
    show(record, shown);
    if (element !== null) {
      const isTop = topOrder.rise(element.order);
      if (known?.order !== element.order) paintOrder.put(record, isTop);
    }
    strokes.drop(record);
    const paints = shown && element.kind !== 'group';
    index.place(record, paints ? boundsWithLetters(element, neighbours.target) : null);
  };

  function* takeInAll(): Generator<void> {
    started = true;
    index.reserve(records.size);
    strokes.reserve(records.size);
    const tied: ElementRecord[] = [];
    let taken = 0;
    for (const record of records.values()) {
      if (!takeInStroke(record)) {
        links.set(record.id, alone(record));
        tied.push(record);
      }
      taken += 1;
      if (taken % STEP === 0) yield;
    }
    // Only now is everything known that they can be tied to.
    for (const record of tied) {
      record.element = undefined;
      takeIn(record);
      taken += 1;
      if (taken % STEP === 0) yield;
    }
  }

  let pending: Generator<void> | null = takeInAll();
  const finishIndexing = (): void => {
    if (pending === null) return;
    const rest = pending;
    pending = null;
    for (const _ of rest);
  };

  /** Before anything is read: what changed while nobody looked is settled, however often it changed. */
  const complete = (): void => {
    finishIndexing();
    if (changing.size > 0 && !settling) settle();
  };

  /** Notes what the changing records name now; those whose parent or visibility is another are returned. */
  const relink = (): readonly ElementId[] => {
    const moved: ElementId[] = [];
    for (const { record, shown } of changing.values()) {
      const { id } = record;
      if (canBeSeen(id) !== shown || parentOf(record) !== links.parent(id)) moved.push(id);
    }
    // Whoever stood in a row of parents with them before, and whoever does now, may have another parent.
    addLineages(moved, links.parent, dependent);
    if (moved.length > 0) parentage.forget();
    for (const { record } of changing.values())
      links.set(record.id, strokes.scan(record) ? null : alone(record));
    return moved;
  };

  /** Notes the records that are not changing and may look different because others are. */
  const collect = (moved: readonly ElementId[]): readonly Before[] => {
    addLineages(moved, links.parent, dependent);
    for (const id of moved) for (const child of links.children(id)) dependent.add(child);
    for (const id of changing.keys()) for (const line of links.lines(id)) dependent.add(line);
    if (dependent.size === 0) return NO_DEPENDENTS;
    const found: Before[] = [];
    for (const id of dependent) {
      const record = records.get(id);
      if (record !== undefined && !changing.has(id)) found.push(remember(record));
    }
    dependent.clear();
    return found;
  };

  const settle = (): Difference => {
    settling = true;
    try {
      return settleAll();
    } finally {
      changing.clear();
      settling = false;
    }
  };

  /** A new stroke that nothing names changes nothing but itself: a board that is loaded has little else. */
  const takeInNew = (touched: ElementId[]): void => {
    for (const [id, before] of changing) {
      const { record, shown } = before;
      record.alone = undefined;
      record.element = undefined;
      if (shown || links.has(id) || !takeInStroke(record, before.element)) continue;
      changing.delete(id);
      touched.push(id);
    }
  };

  const settleAll = (): Difference => {
    const difference: Difference = { touched: [], before: new Map() };
    const note = ({ record, shown, element }: Before): void => {
      difference.touched.push(record.id);
      if (shown && element) difference.before.set(record.id, element);
    };
    takeInNew(difference.touched);
    const dependents = collect(relink());
    for (const { record } of dependents) record.element = undefined;
    for (const before of changing.values()) {
      const { record, element } = before;
      if (!takeInStroke(record, element)) takeIn(record, element);
      if (before.shown || record.shown) note(before);
    }
    for (const before of dependents) {
      const { record, element } = before;
      takeIn(record, element);
      if (record.shown && looksDifferent(element, elementOf(record))) note(before);
    }
    return difference;
  };

  return {
    size() {
      complete();
      return size;
    },
    element(record) {
      complete();
      return elementOf(record);
    },
    get(id) {
      complete();
      const record = records.get(id);
      return record?.shown ? (elementOf(record) ?? undefined) : undefined;
    },
    elements() {
      complete();
      return paintOrder.records().map((record) => elementOf(record) as Element);
    },
    query(box) {
      complete();
      const found: Element[] = [];
      for (const record of paintOrder.sort(index.near(box))) {
        const element = elementOf(record);
        if (element !== null) found.push(element);
      }
      return found;
    },
    overview(box, reach, isThin) {
      complete();
      const near = index.near(growBox(box, reach));
      const seen = near.filter((record) => !strokes.keeps(record) || index.meets(record, box));
      return overviewOf(paintOrder.sort(seen), (record) => {
        complete();
        if (!record.shown) return null;
        const stroke = record.element === undefined ? strokes.glance(record) : null;
        return stroke !== null && isThin(stroke.width) ? stroke : elementOf(record);
      });
    },
    children(id) {
      complete();
      const found: Element[] = [];
      for (const child of links.children(id)) {
        const record = records.get(child);
        const element = record?.shown ? elementOf(record) : null;
        if (element?.parent === id) found.push(element);
      }
      return found.sort(comparePaint);
    },
    lines(id) {
      complete();
      return links.lines(id);
    },
    neighbours() {
      complete();
      return neighbours;
    },
    topOrder() {
      complete();
      return topOrder.read();
    },
    started: () => started,
    *indexing() {
      while (pending !== null) {
        if (pending.next().done) pending = null;
        else yield;
      }
    },
    before(record) {
      finishIndexing();
      if (changing.has(record.id)) return;
      // A stroke that was only painted from an overview: what it was is told all the same.
      if (record.shown) elementOf(record);
      changing.set(record.id, remember(record));
    },
    settle,
  };
};
