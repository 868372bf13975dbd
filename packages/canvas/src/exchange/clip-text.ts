import { type Board, boundsOf, type Element, type ElementId, plainText, withContents } from '@inkwire/core';

/** What elements say, from top to bottom and in the order of reading: what other programs get of them. */
export function textOfElements(board: Board, ids: Iterable<ElementId>): string {
  return withContents(board, ids)
    .map((element) => ({ text: textOf(element), box: boundsOf(element, board.recall) }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.box.minY - b.box.minY || a.box.minX - b.box.minX)
    .map(({ text }) => text)
    .join('\n');
}

function textOf(element: Element): string {
  if (element.kind === 'frame') return element.title;
  return 'text' in element ? plainText(element.text) : '';
}
