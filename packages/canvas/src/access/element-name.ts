import { type Board, type Box, boundsOf, type Element, type ElementId, plainText } from '@inkwire/core';
import { colorName } from './color-name.js';

/** What the names of elements are told with. */
export interface NamingContext {
  readonly board: Board;
  /** What a person is called; null where that is not known. */
  nameOf(user: string): string | null;
  /** The part of the page that is on the screen. */
  visible(): Box;
}

/** No more of a text than this, in characters, is part of a name. */
const LONGEST = 80;

const KINDS: Readonly<Record<string, string>> = {
  text: 'Text',
  sticky: 'Sticky note',
  image: 'Picture',
  frame: 'Frame',
  group: 'Group',
  line: 'Line',
  arrow: 'Arrow',
  unknown: 'Element of a newer program',
};
const FORMS: Readonly<Record<string, string>> = {
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
  diamond: 'Diamond',
};

/** What an element is, in a word or two: `Sticky note`, `Highlighter stroke`. */
export function kindName(element: Element): string {
  switch (element.kind) {
    case 'stroke':
      return element.tool === 'highlighter' ? 'Highlighter stroke' : 'Pen stroke';
    case 'shape':
      return FORMS[element.form] ?? element.form.replace(/^./, (letter) => letter.toUpperCase());
    case 'custom':
      return element.definition.name;
    default:
      return KINDS[element.kind] ?? 'Element';
  }
}

/** An element in a few words, for sentences: `Sticky note “Milk”`. */
export function shortName(element: Element): string {
  const text = textOf(element);
  return text === '' ? kindName(element) : `${kindName(element)} “${text}”`;
}

/**
 * All that a person should hear of an element: what it is and says, its colour, where it is, what it is tied to, and
 * who made it.
 */
export function accessibleName(element: Element, context: NamingContext): string {
  const { board } = context;
  const author = element.author === board.user ? 'you' : context.nameOf(element.author);
  const color = colorName(element.kind === 'shape' && element.fill !== 'none' ? element.fill : element.color);
  const parts = [
    shortName(element),
    element.kind === 'group' ? `${board.children(element.id).length} elements` : color,
    ...endsOf(element, board),
    whereIs(element, context),
    insideOf(element, board),
    element.locked ? 'locked' : null,
    author === null ? null : `by ${author}`,
  ];
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function textOf(element: Element): string {
  const text = element.kind === 'frame' ? element.title : 'text' in element ? plainText(element.text) : '';
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
}

/** What the ends of a line are tied to. */
function endsOf(element: Element, board: Board): string[] {
  if (element.kind !== 'line' && element.kind !== 'arrow') return [];
  const target = (id: ElementId | undefined): string | null => {
    const other = id === undefined ? undefined : board.get(id);
    return other === undefined ? null : shortName(other);
  };
  const [from, to] = [target(element.startBinding?.element), target(element.endBinding?.element)];
  return [from === null ? '' : `from ${from}`, to === null ? '' : `to ${to}`].filter((part) => part !== '');
}

function insideOf({ parent }: Element, board: Board): string | null {
  const holder = parent === null ? undefined : board.get(parent);
  return holder === undefined ? null : `in ${shortName(holder)}`;
}

/** Which ninth of the screen it is in, or which way to go to it. */
function whereIs(element: Element, { board, visible }: NamingContext): string {
  const box = element.kind === 'group' ? groupBox(element.id, board) : boundsOf(element, board.recall);
  const screen = visible();
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  const across = (x - screen.minX) / (screen.maxX - screen.minX);
  const down = (y - screen.minY) / (screen.maxY - screen.minY);
  const vertical = down < 1 / 3 ? 'top' : down < 2 / 3 ? 'middle' : 'bottom';
  const horizontal = across < 1 / 3 ? 'left' : across < 2 / 3 ? 'centre' : 'right';
  const isSeen = across >= 0 && across <= 1 && down >= 0 && down <= 1;
  if (isSeen) return `${vertical} ${horizontal}`;
  const way = [
    down < 0 ? 'above' : down > 1 ? 'below' : '',
    across < 0 ? 'to the left' : across > 1 ? 'to the right' : '',
  ];
  return `off screen ${way.filter((part) => part !== '').join(' and ')}`;
}

function groupBox(id: ElementId, board: Board): Box {
  let box: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const child of board.children(id)) {
    const own = child.kind === 'group' ? groupBox(child.id, board) : boundsOf(child, board.recall);
    box = {
      minX: Math.min(box.minX, own.minX),
      minY: Math.min(box.minY, own.minY),
      maxX: Math.max(box.maxX, own.maxX),
      maxY: Math.max(box.maxY, own.maxY),
    };
  }
  return box;
}
