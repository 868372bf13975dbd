export type * from './board/board.js';
export * from './board/board-json.js';
export type { Conflict } from './board/conflict.js';
export { type BoardOptions, createBoard } from './board/create-board.js';
export * from './board/exchange.js';
export * from './board/gesture.js';
export type { InkSpan, Overview, PlainStroke } from './board/overview.js';
export { purgeRemoved } from './board/purge.js';
export { readContents } from './board/read-contents.js';
export { SCHEMA } from './board/schema.js';
export type { StoredElement } from './board/stored-element.js';
export * from './change/apply.js';
export * from './change/change.js';
export { decodeChange, encodeChange } from './change/change-bytes.js';
export { type ChangeJson, changeFromJson, changeToJson } from './change/change-json.js';
export * from './change/compose.js';
export * from './change/contents.js';
export * from './change/difference.js';
export * from './change/invert.js';
export type { Stamp } from './change/stamp.js';
export * from './change/text-delta.js';
export * from './change/transform.js';
export * from './edit/add.js';
export * from './edit/arrange.js';
export * from './edit/copy.js';
export * from './edit/erase.js';
export * from './edit/group.js';
export * from './edit/move.js';
export * from './edit/remove.js';
export * from './edit/reorder.js';
export * from './edit/resize.js';
export * from './edit/rotate.js';
export * from './edit/selection.js';
export * from './edit/set-values.js';
export * from './edit/style.js';
export * from './edit/vote.js';
export * from './edit/write.js';
export * from './edit/write-text.js';
export { boundsOf } from './element/bounds.js';
export type { Binding } from './element/compound-value.js';
export * from './element/custom-kind.js';
export { inkOf } from './element/decoded-ink.js';
export type * from './element/element.js';
export * from './element/geometry/box.js';
export * from './element/geometry/element-figure.js';
export * from './element/geometry/eraser.js';
export * from './element/geometry/figure.js';
export * from './element/geometry/lasso.js';
export * from './element/geometry/line-path.js';
export * from './element/geometry/path.js';
export * from './element/geometry/placement.js';
export * from './element/geometry/shape-path.js';
export type * from './element/geometry.js';
export { type ElementId, isElementId, newElementId, type RandomBytes } from './element/id.js';
export * from './element/ink.js';
export * from './element/ink-simplify.js';
export * from './element/ink-slice.js';
export type * from './element/new-element.js';
export { comparePaint, type OrderIndex } from './element/order.js';
export { type Range, uniteRanges } from './element/ranges.js';
export {
  ALIGNMENTS,
  DASHES,
  FITS,
  FONTS,
  HEADS,
  type MergeRule,
  REGISTERS,
  type Register,
  type RegisterName,
  ROUTINGS,
  SHAPE_FORMS,
} from './element/register.js';
export * from './element/text.js';
export { overhangOf } from './element/unmeasured-text.js';
export { type Pair, PRECISION, type Value } from './element/value.js';
export * from './inkwire-error.js';
export { checkTransform, type Drag } from './presence/drag.js';
export type { LivePiece } from './presence/live-ink.js';
export type { DraggedElements, LiveInk, Participant, Presence, PresentUser } from './presence/presence.js';
export * from './presence/presence-update.js';
export type { TextPlace } from './presence/text-place.js';
export type { TrailSample } from './presence/trail.js';
export * from './wire/index.js';
