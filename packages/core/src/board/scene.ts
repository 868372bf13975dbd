import type { Element } from '../element/element.js';
import type { ElementId } from '../element/id.js';
import { comparePaint } from '../element/order.js';
import { boundsWithLetters } from '../element/unmeasured-text.js';
import { type Before, looksDifferent, remember } from './before.js';
import { createLinks } from './links.js';
import { createPaintOrder } from './paint-order.js';
import { addLineages, createParentage } from './parentage.js';
import { readElement, type Surroundings } from './read-element.js';
import { type ElementRecord, isRemoved } from './record.js';
import { resolveElement } from './resolve-element.js';
import { boxOfScan, createStrokeScan, orderOfScan, scanStroke, strokeOfScan } from './scan-birth.js';
import type { Difference, Scene } from './scene-port.js';
import { createSpatialIndex } from './spatial-index.js';
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
  const scan = createStrokeScan();
  /** Records that change in the transaction at hand. */
  const changing = new Map<ElementId, Before>();
  /** Those that may look different because others change. */
  const dependent = new Set<ElementId>();
  let size = 0;
  const topOrder = createTopOrder();
  const paintOrder = createPaintOrder((record) => elementOf(record));
  let started = false;
  let settling = false;

  /** A stroke that nobody touched, without unpacking it. */
  const readStroke = (record: ElementRecord): Element | null => {
    const { id, birth, born } = record;
    if (birth === null || born !== undefined || !isPlain(record)) return null;
    const stroke = strokeOfScan(id, birth, scan);
    record.ink = stroke.ink;
    return stroke;
  };

  const alone = (record: ElementRecord): Element | null => {
    if (record.alone === undefined) record.alone = readStroke(record) ?? readElement(record, surroundings);
    return record.alone;
  };

  const canBeSeen = (id: ElementId): boolean => {
    const record = records.get(id);
    return record !== undefined && !isRemoved(record) && (isPlain(record) || alone(record) !== null);
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
      const { kind } = element ?? { kind: 'group' };
      return kind === 'group' || kind === 'line' || kind === 'arrow' ? null : element;
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

  /** Whether it is a stroke that nobody touched, as most elements are: those are taken in without being unpacked. */
  const isPlain = ({ birth, siblings }: ElementRecord): boolean =>
    birth !== null && siblings.length === 0 && scanStroke(birth, scan);

  /** The parent as it is written. */
  const parentOf = (record: ElementRecord): ElementId | null =>
    isPlain(record) ? null : (alone(record)?.parent ?? null);

  /** @param known what it was, as far as anybody knows. */
  const takeInStroke = (record: ElementRecord, known?: Element | null): boolean => {
    if (!isPlain(record)) return false;
    show(record, true);
    const isTop = topOrder.riseTo(scan.orderBytes, scan.orderStart, scan.orderEnd);
    if (!known || known.order !== orderOfScan(scan)) paintOrder.put(record, isTop);
    index.place(record, boxOfScan(scan));
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
    index.place(
      record,
      shown && element !== null && element.kind !== 'group'
        ? boundsWithLetters(element, neighbours.target)
        : null,
    );
  };

  function* takeInAll(): Generator<void> {
    started = true;
    index.reserve(records.size);
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
    for (const { record } of changing.values()) links.set(record.id, isPlain(record) ? null : alone(record));
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
      const near = index.near(box);
      paintOrder.sort(near);
      for (const record of near) {
        const element = elementOf(record);
        if (element !== null) found.push(element);
      }
      return found;
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
      if (!changing.has(record.id)) changing.set(record.id, remember(record));
    },
    settle,
  };
};
