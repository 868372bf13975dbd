export * from './append.js';
export * from './entry.js';
export * from './frame.js';
export * from './join.js';
export * from './log.js';
export * from './receipt.js';
export * from './wire-error.js';
