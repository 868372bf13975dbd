import type { Box, ShapeElement } from '@inkwire/core';

/** Page units between text and the edge of what it is in. */
const PADDING = 8;
const STICKY_PADDING = 14;

/** What of a form's box is inside it with some room to spare: left, top, right, bottom as parts of the box. */
const INSIDE: Readonly<Partial<Record<ShapeElement['form'], readonly [number, number, number, number]>>> = {
  ellipse: [0.146, 0.146, 0.854, 0.854],
  diamond: [0.25, 0.25, 0.75, 0.75],
  triangle: [0.25, 0.5, 0.75, 1],
  star: [0.28, 0.38, 0.72, 0.78],
  pentagon: [0.18, 0.24, 0.82, 1],
  hexagon: [0.13, 0, 0.87, 1],
  octagon: [0.12, 0.12, 0.88, 0.88],
  parallelogram: [0.22, 0, 0.78, 1],
  trapezoid: [0.16, 0, 0.84, 1],
  heart: [0.16, 0.14, 0.84, 0.62],
  cloud: [0.14, 0.3, 0.86, 0.9],
};

/** Where the text of a shape or a sticky note may stand, from its box's top left corner. */
export function labelBox(form: ShapeElement['form'] | 'sticky', width: number, height: number): Box {
  const [left, top, right, bottom] = (form === 'sticky' ? undefined : INSIDE[form]) ?? [0, 0, 1, 1];
  // In what is very small, half of it stays for the text.
  const wanted = form === 'sticky' ? STICKY_PADDING : form in INSIDE ? PADDING / 2 : PADDING;
  const padX = Math.min(wanted, ((right - left) * width) / 4);
  const padY = Math.min(wanted, ((bottom - top) * height) / 4);
  return {
    minX: left * width + padX,
    minY: top * height + padY,
    maxX: right * width - padX,
    maxY: bottom * height - padY,
  };
}
