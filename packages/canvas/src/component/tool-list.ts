import type { SVGTemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { keyLabel } from '../editor/key-binding.js';
import * as icons from './icons.js';

/** A tool as the toolbar shows it. */
export interface ListedTool {
  readonly name: string;
  readonly label: string;
  readonly keys: readonly string[];
  readonly icon: SVGTemplateResult;
  readonly place: ToolPlace;
}

/** Always in the bar; in the bar where there is room; only in the list of more. */
export type ToolPlace = 'always' | 'roomy' | 'more';

const LISTED: readonly (readonly [name: string, icon: SVGTemplateResult, place: ToolPlace])[] = [
  ['select', icons.SELECT, 'always'],
  ['hand', icons.HAND, 'roomy'],
  ['pen', icons.PEN, 'always'],
  ['highlighter', icons.HIGHLIGHTER, 'roomy'],
  ['eraser', icons.ERASER, 'always'],
  ['rectangle', icons.RECTANGLE, 'always'],
  ['ellipse', icons.ELLIPSE, 'roomy'],
  ['arrow', icons.ARROW, 'roomy'],
  ['text', icons.TEXT, 'always'],
  ['sticky', icons.STICKY, 'roomy'],
  ['line', icons.LINE, 'more'],
  ['shape', icons.SHAPES, 'more'],
  ['frame', icons.FRAME, 'more'],
  ['lasso', icons.LASSO, 'more'],
  ['part-eraser', icons.PART_ERASER, 'more'],
  ['laser', icons.LASER, 'more'],
];

/** The tools that the view has, in the order of the bar. */
export function listTools(view: BoardView): ListedTool[] {
  return LISTED.flatMap(([name, icon, place]) => {
    const command = view.commands.find((each) => each.name === `tool.${name}`);
    if (command === undefined || !view.canRun(command.name)) return [];
    return [{ name, label: command.label, keys: command.keys, icon, place }];
  });
}

/** Whether keys are written as on a Mac. */
export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** What a tooltip says about something that has keys. */
export function tipOf(label: string, keys: readonly string[]): string {
  const [first] = keys;
  return first === undefined ? label : `${label} – ${keyLabel(first, IS_MAC)}`;
}
