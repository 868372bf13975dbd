import type { Box, ShapeElement, StickyElement, TextElement } from '@inkwire/core';
import { labelBox } from './label-box.js';
import { layoutText, type TextLayout } from './text-layout.js';
import { forgetWidths, type Measure, measureText } from './text-measure.js';

/** An element that people write in. */
export type WrittenElement = ShapeElement | StickyElement | TextElement;

/** Text is made smaller to fit its box in steps of this factor: nothing reaches out of a box that says where paint is. */
const STEP = 0.94;
const SMALLEST_PART = 2 ** -16;
/** Above this part of its size the text of a note or a shape is rather made smaller than a word of it broken. */
const WHOLE_WORDS_DOWN_TO = 0.5;
/** What the count of votes takes of a sticky note's text, in page units. */
const VOTES_HEIGHT = 18;
/** Rounding of sizes must make no line too long for the box that was made for it. */
const TOLERANCE = 0.5;

/** Elements are immutable, so a layout is right for as long as its element exists. */
const layouts = new WeakMap<Measure, WeakMap<WrittenElement, TextLayout>>();

/**
 * Where an element's letters stand, relative to the top left corner of its box before it is mirrored or turned (core's
 * `toPage` maps from there to the page, given the element's position, size without signs, and rotation).
 *
 * Text that does not fit into the box of a shape or a sticky note is set smaller. So is that of a text element whose
 * box was made for it by a machine with narrower fonts, while a box without width or height fits everything.
 */
export function textLayoutOf(element: WrittenElement, measure: Measure = measureText): TextLayout {
  const known = layouts.get(measure) ?? new WeakMap<WrittenElement, TextLayout>();
  layouts.set(measure, known);
  let layout = known.get(element);
  if (layout === undefined) {
    layout = createLayout(element, measure);
    known.set(element, layout);
  }
  return layout;
}

/** Forgets what is known of widths: fonts have arrived. */
export function forgetTextLayouts(): void {
  forgetWidths();
  layouts.delete(measureText);
}

/** The part of an element's box that its text is set in, from the box's top left corner. */
export function textBox(element: WrittenElement): Box {
  const width = Math.abs(element.size[0]);
  const height = Math.abs(element.size[1]);
  if (element.kind === 'text') return { minX: 0, minY: 0, maxX: width, maxY: height };
  if (element.kind === 'shape') return labelBox(element.form, width, height);
  const box = labelBox('sticky', width, height);
  return element.votes === 0 ? box : { ...box, maxY: Math.max(box.maxY - VOTES_HEIGHT, height / 2) };
}

function createLayout(element: WrittenElement, measure: Measure): TextLayout {
  const box = textBox(element);
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  const wrap = element.kind !== 'text' || element.fit === 'width';
  const { text, font, align } = element;
  const lay = (fontSize: number, top = 0) =>
    layoutText(text, { font, fontSize, align, width, wrap, origin: [box.minX, box.minY + top], measure });
  const layout = fitted(element, width, height, lay);
  const vertical = element.kind === 'text' ? 'start' : element.verticalAlign;
  if (vertical === 'start') return layout;
  const spare = height - layout.contentSize[1];
  return lay(layout.fontSize, vertical === 'center' ? spare / 2 : spare);
}

/** The layout at the element's font size, or at the largest smaller one at which it fits. */
function fitted(
  { kind, fontSize, size }: WrittenElement,
  width: number,
  height: number,
  lay: (fontSize: number) => TextLayout,
): TextLayout {
  const own = lay(fontSize);
  const isBoxless = kind === 'text' && (size[0] === 0 || size[1] === 0);
  const fits = ({ contentSize }: TextLayout) =>
    isBoxless || (contentSize[0] <= width + TOLERANCE && contentSize[1] <= height + TOLERANCE);
  const keepsWords = (layout: TextLayout) => fits(layout) && !layout.breaksWords;
  if (kind === 'text' ? fits(own) : keepsWords(own)) return own;
  if (kind !== 'text') {
    const whole = largest(fontSize, fontSize * WHOLE_WORDS_DOWN_TO, lay, keepsWords);
    if (keepsWords(whole)) return whole;
    if (fits(own)) return own;
  }
  return largest(fontSize, fontSize * SMALLEST_PART, lay, fits);
}

/** The first layout in steps from `from` down that fits; the smallest, at `to`, where none does. */
function largest(
  from: number,
  to: number,
  lay: (fontSize: number) => TextLayout,
  fits: (layout: TextLayout) => boolean,
): TextLayout {
  let low = 0;
  let high = Math.max(Math.ceil(Math.log(to / from) / Math.log(STEP)), 0);
  let found: TextLayout | null = null;
  while (low < high) {
    const middle = (low + high) >> 1;
    const layout = lay(from * STEP ** middle);
    if (fits(layout)) [found, high] = [layout, middle];
    else low = middle + 1;
  }
  return found ?? lay(from * STEP ** high);
}
