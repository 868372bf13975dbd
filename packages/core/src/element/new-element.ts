import type { CustomKind } from './custom-kind.js';
import type {
  FrameElement,
  ImageElement,
  LineElement,
  ShapeElement,
  StickyElement,
  TextElement,
} from './element.js';
import type { ElementId } from './id.js';
import type { InkPoint } from './ink.js';
import type { SimplifyOptions } from './ink-simplify.js';
import type { TextRun } from './text.js';
import type { Value } from './value.js';

/** What the author chooses for an element of any kind. */
export interface NewBase {
  /** Default: a new one. */
  readonly id?: ElementId;
  /** Default: none. */
  readonly parent?: ElementId | null;
  /** `#rrggbb`, or `ink`. Default `ink`. */
  readonly color?: string;
  /** 0..1. Default 1. */
  readonly opacity?: number;
  readonly locked?: boolean;
}

/** A stroke as it comes from a pen. */
export interface NewStroke extends NewBase {
  readonly kind: 'stroke';
  /** Default `pen`. */
  readonly tool?: 'pen' | 'highlighter';
  /** Diameter in page units at pressure 0.5. Default 2. */
  readonly width?: number;
  /** At least one, in page coordinates. */
  readonly points: readonly InkPoint[];
  /** The ink's precision in page units. Default 1/16; finer for who draws zoomed in. */
  readonly quantum?: number;
  /** Leaves out points that nobody would miss on their screen. Default: none. */
  readonly simplify?: SimplifyOptions;
}

/** A line or an arrow through two points or more, in page coordinates. */
export interface NewLine
  extends NewBase,
    Partial<
      Pick<
        LineElement,
        | 'routing'
        | 'startBinding'
        | 'endBinding'
        | 'startHead'
        | 'endHead'
        | 'width'
        | 'dash'
        | 'fill'
        | 'font'
        | 'fontSize'
        | 'labelSize'
      >
    > {
  readonly kind: 'line' | 'arrow';
  readonly points: LineElement['points'];
  readonly text?: string | readonly TextRun[];
}

/** Where an element with a box lies. */
interface NewBoxed extends NewBase, Pick<ShapeElement, 'position' | 'size'> {
  /** Radians. Default 0. */
  readonly rotation?: number;
}

/** What people can write in from the start: a text, or runs of formatted text. */
interface NewLettering extends Partial<Pick<ShapeElement, 'font' | 'fontSize' | 'align'>> {
  readonly text?: string | readonly TextRun[];
}

export interface NewShape
  extends NewBoxed,
    NewLettering,
    Partial<Pick<ShapeElement, 'form' | 'width' | 'fill' | 'dash' | 'radius' | 'verticalAlign'>> {
  readonly kind: 'shape';
}

export interface NewText extends NewBoxed, NewLettering, Partial<Pick<TextElement, 'fit'>> {
  readonly kind: 'text';
}

export interface NewSticky extends NewBoxed, NewLettering, Partial<Pick<StickyElement, 'verticalAlign'>> {
  readonly kind: 'sticky';
}

export interface NewImage
  extends NewBoxed,
    Pick<ImageElement, 'source' | 'naturalSize'>,
    Partial<Pick<ImageElement, 'crop'>> {
  readonly kind: 'image';
}

export interface NewFrame extends NewBoxed, Partial<Pick<FrameElement, 'title' | 'fill'>> {
  readonly kind: 'frame';
}

export interface NewGroup extends NewBase {
  readonly kind: 'group';
}

/** An element of a kind that the app defined. */
export interface NewCustom extends NewBoxed {
  readonly kind: 'custom';
  readonly definition: CustomKind;
  readonly values?: Readonly<Record<string, Value>>;
  readonly text?: string | readonly TextRun[];
}

/** An element to be made. */
export type NewElement =
  | NewStroke
  | NewShape
  | NewLine
  | NewText
  | NewSticky
  | NewImage
  | NewFrame
  | NewGroup
  | NewCustom;
