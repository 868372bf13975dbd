import {
  type Board,
  type Change,
  compose,
  type Element,
  type ElementId,
  STYLE_REGISTERS,
  type StyleName,
  styleElements,
  withContents,
} from '@inkwire/core';
import { unlocked } from './locked.js';
import { fitWritten } from './text-fit.js';
import type { ToolStyle } from './tool.js';

/** How a text's box follows it is chosen by how it is drawn, and by pulling its box. */
const STYLE_NAMES = STYLE_REGISTERS.filter((name) => name !== 'fit');

/**
 * How elements look, with what is in their groups: a property that only some have is there, and one in which they
 * differ is undefined. Null if they have none.
 */
export function readStyle(board: Board, ids: readonly ElementId[]): ToolStyle | null {
  const style: Record<string, unknown> = {};
  for (const element of withContents(board, ids)) {
    if (element.kind === 'group') continue;
    for (const name of STYLE_NAMES) {
      const value = propertyOf(element, name);
      if (value === undefined) continue;
      style[name] = !(name in style) || style[name] === value ? value : undefined;
    }
  }
  return Object.keys(style).length === 0 ? null : (style as ToolStyle);
}

/** Gives elements what their kinds have of a style; locked ones keep theirs. */
export function restyle(board: Board, ids: readonly ElementId[], style: ToolStyle): Change {
  const free = unlocked(board, ids);
  let change = styleElements(board, free, style);
  if (style.font === undefined && style.fontSize === undefined) return change;
  for (const element of board.preview(change).values()) {
    const fit = element === undefined ? null : fitWritten(board, element);
    if (fit !== null) change = compose(change, fit);
  }
  return change;
}

function propertyOf(element: Element, name: StyleName): unknown {
  // The colour of a picture is nowhere to be seen.
  if (element.kind === 'image' && name === 'color') return undefined;
  const isLine = element.kind === 'line' || element.kind === 'arrow';
  if (isLine && element.text.length === 0 && (name === 'font' || name === 'fontSize')) return undefined;
  return (element as Partial<Record<StyleName, unknown>>)[name];
}
