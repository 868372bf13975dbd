import type { Tool } from './tool.js';

/** Moves the page. */
export const hand: Tool = { name: 'hand', cursor: 'grab', style: null, begin: null };
