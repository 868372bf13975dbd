import { boxTool } from './box-tool.js';
import type { Tool } from './tool.js';

/** A note, put down with a click or pulled up, and written at once. */
export const sticky: Tool = boxTool({
  name: 'sticky',
  style: { color: '#ffe58f', font: 'hand', fontSize: 22, opacity: 1 },
  size: [200, 200],
  square: true,
  written: true,
  make: (style, place) => ({ kind: 'sticky', align: 'center', verticalAlign: 'center', ...style, ...place }),
});
