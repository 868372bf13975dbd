import type { Camera, Size } from '../scene/camera.js';

/** Dots that are nearer than this, in CSS pixels, would be a grey veil. */
const NEAREST = 12;
/** Of the lines that are left out, the others are a power of this apart. */
const STEP = 5;

/** A dot at every crossing of the grid's lines, or of every fifth one where they are close together. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  grid: number,
  { x, y, zoom }: Camera,
  { width, height }: Size,
  color: string,
): void {
  let distance = grid * zoom;
  while (distance < NEAREST) distance *= STEP;
  const left = -((x * zoom) % distance);
  const top = -((y * zoom) % distance);
  context.fillStyle = color;
  context.globalAlpha = 0.22;
  context.beginPath();
  for (let row = top; row <= height; row += distance) {
    for (let column = left; column <= width; column += distance)
      context.rect(column - 0.75, row - 0.75, 1.5, 1.5);
  }
  context.fill();
  context.globalAlpha = 1;
}
