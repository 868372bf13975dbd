import {
  type Board,
  type Change,
  type Element,
  type ElementId,
  type StyleName,
  styleElements,
  withContents,
} from '@inkwire/core';
import { unlocked } from './locked.js';
import type { ToolStyle } from './tool.js';

/** In the order in which a person would look for them. */
const STYLE_NAMES = [
  'color',
  'fill',
  'width',
  'dash',
  'form',
  'radius',
  'routing',
  'startHead',
  'endHead',
  'font',
  'fontSize',
  'align',
  'verticalAlign',
  'opacity',
] as const satisfies readonly StyleName[];

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
  return styleElements(board, unlocked(board, ids), style);
}

function propertyOf(element: Element, name: StyleName): unknown {
  // The colour of a picture is nowhere to be seen.
  if (element.kind === 'image' && name === 'color') return undefined;
  return (element as Partial<Record<StyleName, unknown>>)[name];
}
