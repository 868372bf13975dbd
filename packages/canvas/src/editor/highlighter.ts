import { beginInk } from './ink-gesture.js';
import type { Tool } from './tool.js';

export const highlighter: Tool = {
  name: 'highlighter',
  cursor: 'crosshair',
  style: { color: '#ffd43b', width: 20, opacity: 0.55 },
  begin: (context, sample) => beginInk(context, 'highlighter', sample),
};
