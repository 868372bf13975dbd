export type { BoardView, MountOptions } from './board-view.js';
export type { Command, CommandGroup } from './editor/command.js';
export { labelOfCustom } from './editor/custom-label.js';
export { ariaKeys, keyLabel } from './editor/key-binding.js';
export type { Mark } from './editor/mark.js';
export type { MenuRequest } from './editor/menu.js';
export type { Notice } from './editor/notices.js';
export type { FingerUse } from './editor/pointer-input.js';
export type { Selection } from './editor/selection.js';
export type {
  Gesture,
  Hover,
  ModifierKeys,
  PointerSample,
  Preview,
  Tool,
  ToolContext,
  ToolStyle,
} from './editor/tool.js';
export {
  type ExcalidrawOptions,
  excalidrawSteps,
  importExcalidraw,
} from './exchange/excalidraw/import-excalidraw.js';
export type { TakenIn } from './exchange/exchange.js';
export { ExchangeError, type ExchangeErrorCode } from './exchange/exchange-error.js';
export type { Imported } from './exchange/imported.js';
export type { StoreImage } from './exchange/prepare-picture.js';
export type { Remark, RemarkCode } from './exchange/remarks.js';
export { BOARD_TYPE, exportFile, openPicture } from './export/board-file.js';
export { ExportError, type ExportErrorCode } from './export/export-error.js';
export { exportPng, type PngOptions } from './export/export-png.js';
export { exportSvg, type SvgOptions } from './export/export-svg.js';
export type { PictureOptions } from './export/picture.js';
export { ImageError, type ImageErrorCode } from './images/image-error.js';
export type { ResolveImage } from './images/image-source.js';
export { mountBoard } from './mount-board.js';
export { forgetTextLayouts, textBox, textLayoutOf, type WrittenElement } from './paint/element-text.js';
export type { Font } from './paint/font.js';
export type { Images, ReadyImage, ShownImage } from './paint/images.js';
export { labelSizeFor } from './paint/line-label.js';
export type { KindPainter, PaintContext, PaintResources } from './paint/paint-context.js';
export { paintLayout } from './paint/paint-text.js';
export type { Blend, ClipBox, Fill, Pen, Placement, Surface, TextStretch } from './paint/surface.js';
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
export { adaptColor, adaptFill, type Theme, type ThemeName } from './paint/theme.js';
export type { Area, Camera } from './scene/camera.js';
