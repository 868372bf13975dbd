import type { Tool } from './tool.js';

/** Selects elements, and takes them in hand. */
export const select: Tool = {
  name: 'select',
  cursor: 'default',
  style: null,
  harmless: true,
  begin: () => ({ move() {}, finish: () => null }),
};
