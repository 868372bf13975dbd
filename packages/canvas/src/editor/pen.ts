import { beginInk } from './ink-gesture.js';
import type { Tool } from './tool.js';

export const pen: Tool = {
  name: 'pen',
  cursor: 'crosshair',
  style: { color: 'ink', width: 3.5, opacity: 1 },
  begin: (context, sample) => beginInk(context, 'pen', sample),
};
