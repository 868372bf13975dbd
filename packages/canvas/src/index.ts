export type { BoardView, MountOptions, ToolName } from './board-view.js';
export type { ToolStyle } from './editor/tool.js';
export { mountBoard } from './mount-board.js';
export type { Theme, ThemeName } from './paint/theme.js';
export type { Camera } from './scene/camera.js';
