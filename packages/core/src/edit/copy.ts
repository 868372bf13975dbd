import * as buffer from 'lib0/buffer';
import type { Board } from '../board/board.js';
import { type StoredElement, storedRegister } from '../board/stored-element.js';
import type { BirthWrite, Change } from '../change/change.js';
import { encodeBirth } from '../element/birth.js';
import type { Binding } from '../element/compound-value.js';
import type { Element, LineElement } from '../element/element.js';
import { pathOfLine } from '../element/geometry/element-figure.js';
import type { PathStep } from '../element/geometry/path.js';
import type { Point } from '../element/geometry.js';
import { type ElementId, newElementId } from '../element/id.js';
import { orderBetween } from '../element/order.js';
import { REGISTERS } from '../element/register.js';
import type { TextDelta } from '../element/text.js';
import type { Pair, Value } from '../element/value.js';
import { withContents } from './selection.js';

/** Elements, and what is in their groups and frames, as JSON for the clipboard or a file; in paint order. */
export const copyElements = (board: Board, ids: Iterable<ElementId>): StoredElement[] =>
  storeElements(board, withContents(board, ids));

/**
 * Elements of the board as JSON, in their order, without what is in them. A line whose target is not among them keeps the
 * end that it shows: bound, it aims at a place within the target and ends at the outline.
 */
export const storeElements = (board: Board, elements: Iterable<Element>): StoredElement[] => {
  const all = [...elements];
  const ids = new Set(all.map(({ id }) => id));
  return all.flatMap((element) => {
    const stored = board.store(element.id);
    if (stored === undefined) return [];
    return element.kind === 'line' || element.kind === 'arrow' ? letGo(board, stored, element, ids) : stored;
  });
};

const letGo = (
  board: Board,
  stored: StoredElement,
  line: LineElement,
  ids: ReadonlySet<ElementId>,
): StoredElement => {
  const [start, end] = [line.startBinding, line.endBinding].map(
    (binding) => binding !== null && !ids.has(binding.element),
  );
  if ((!start && !end) || line.points.length === 0) return stored;
  const path = pathOfLine(line, board.recall);
  const points = [...line.points];
  const keep = (index: number, step: PathStep): void => {
    const [x, y] = step.at(-1) as Point;
    points[index] = [x - line.position[0], y - line.position[1]];
  };
  if (start) keep(0, path[0]!);
  if (end) keep(points.length - 1, path.at(-1)!);
  const values = {
    ...stored.values,
    points: REGISTERS.points.type.check(points, 'points'),
    ...(start && { startBinding: null }),
    ...(end && { endBinding: null }),
  };
  return { ...stored, values };
};

export interface PasteOptions {
  /** Page units. Default 0. */
  readonly dx?: number;
  readonly dy?: number;
  /**
   * `copy`: they are mine, made now, and nobody has voted for them. `original`: they keep author, time and votes, and
   * their ids where those are free. Default `copy`.
   */
  readonly as?: 'copy' | 'original';
  /** The id of an element's copy: one that no element has. Default: a new one each. */
  readonly idOf?: (original: ElementId) => ElementId;
}

type NewIds = ReadonlyMap<ElementId, ElementId>;

const newIds = (board: Board, elements: readonly StoredElement[], options: PasteOptions): NewIds => {
  const { as = 'copy', idOf = () => newElementId(board.random) } = options;
  const keeps = (id: ElementId): boolean => as === 'original' && board.recall(id) === undefined;
  return new Map(elements.map(({ id }) => [id, keeps(id) ? id : idOf(id)]));
};

/** What names an element that comes along names its copy; any other name leads nowhere. */
const renamed = (name: string, value: Value, ids: NewIds): Value => {
  if (name === 'parent') return ids.get(value as ElementId) ?? null;
  if (name !== 'startBinding' && name !== 'endBinding') return value;
  const binding = value as Binding | null;
  const element = binding === null ? undefined : ids.get(binding.element);
  return binding === null || element === undefined ? null : { ...binding, element };
};

const valuesOf = (element: StoredElement, ids: NewIds, options: PasteOptions): Map<string, Value> => {
  const { dx = 0, dy = 0, as = 'copy' } = options;
  const values = new Map<string, Value>();
  for (const [name, value] of Object.entries(element.values)) {
    const register = storedRegister(name);
    if (register === undefined || (register.merge === 'sum' && as === 'copy')) continue;
    values.set(register.code, renamed(name, value, ids));
  }
  const { code, initial, type } = REGISTERS.position;
  const [x, y] = (values.get(code) as Pair | undefined) ?? initial;
  return values.set(code, type.check([x + dx, y + dy], 'position'));
};

/** Adds stored elements on top of all others, in their order; they name each other as they did. */
export const pasteElements = (
  board: Board,
  elements: readonly StoredElement[],
  options: PasteOptions = {},
): Change => {
  const original = options.as === 'original';
  const ids = newIds(board, elements, options);
  const births = new Map<ElementId, BirthWrite>();
  const texts = new Map<ElementId, TextDelta>();
  let order = board.topOrder();
  for (const element of elements) {
    const id = ids.get(element.id) as ElementId;
    const { kind, ink, text, unread = {} } = element;
    order = orderBetween(order, null, board.random);
    const birth = encodeBirth({
      kind,
      author: original ? element.author : board.user,
      createdAt: original ? element.createdAt : board.now(),
      values: valuesOf(element, ids, options).set(REGISTERS.order.code, order),
      ink: ink === undefined ? null : buffer.fromBase64(ink),
      unread: new Map(Object.entries(unread).map(([code, bytes]) => [code, buffer.fromBase64(bytes)])),
    });
    births.set(id, { from: null, to: birth });
    if (text !== undefined && text.length > 0) texts.set(id, text);
  }
  return { writer: board.writer, births, writes: new Map(), texts };
};

/** Adds copies of elements, and of what is in their groups and frames, moved by page units. */
export const duplicateElements = (
  board: Board,
  ids: Iterable<ElementId>,
  dx: number,
  dy: number,
  options: Pick<PasteOptions, 'idOf'> = {},
): Change => pasteElements(board, copyElements(board, ids), { ...options, dx, dy });
