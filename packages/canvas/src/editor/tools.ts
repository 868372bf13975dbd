import { eraser } from './eraser.js';
import { frame } from './frame.js';
import { hand } from './hand.js';
import { highlighter } from './highlighter.js';
import { laser } from './laser.js';
import { arrow, line } from './line-tools.js';
import { partEraser } from './part-eraser.js';
import { pen } from './pen.js';
import { lasso, select } from './select.js';
import { ellipse, rectangle, shape } from './shapes.js';
import { sticky } from './sticky.js';
import { text } from './text-tool.js';
import type { Tool } from './tool.js';

/** The built-in tools. */
export const TOOLS: readonly Tool[] = [
  select,
  lasso,
  hand,
  pen,
  highlighter,
  eraser,
  partEraser,
  rectangle,
  ellipse,
  shape,
  line,
  arrow,
  text,
  sticky,
  frame,
  laser,
];

/** What is in hand unless the app says otherwise. */
export const DEFAULT_TOOL = pen.name;
