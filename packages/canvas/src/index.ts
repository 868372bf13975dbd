export type { BoardView, MountOptions } from './board-view.js';
export type { Gesture, PointerSample, Tool, ToolContext, ToolStyle } from './editor/tool.js';
export { exportPng, type PngOptions } from './export/export-png.js';
export { exportSvg } from './export/export-svg.js';
export type { PictureOptions } from './export/picture.js';
export { mountBoard } from './mount-board.js';
export { forgetTextLayouts, textBox, textLayoutOf, type WrittenElement } from './paint/element-text.js';
export * from './paint/text-caret.js';
export type { TextFormat } from './paint/text-format.js';
export {
  layoutText,
  type TextLayout,
  type TextLayoutOptions,
  type TextLine,
  type TextPiece,
} from './paint/text-layout.js';
export type { Measure } from './paint/text-measure.js';
export type { Theme, ThemeName } from './paint/theme.js';
export type { Camera } from './scene/camera.js';
