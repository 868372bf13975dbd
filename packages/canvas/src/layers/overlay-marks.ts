import { type Board, type Element, type ElementId, type Point, pathAlong, withContents } from '@inkwire/core';
import type { Mark } from '../editor/mark.js';
import { type Camera, toViewport } from '../scene/camera.js';
import type { OverlayColors } from './overlay-colors.js';
import { outlineOf, tracePath } from './overlay-outline.js';

/** What drawing a mark depends on besides the mark. */
export interface MarkSource {
  readonly editor: { readonly board: Board };
  readonly look: (id: ElementId) => Element | undefined;
  readonly find: (id: ElementId) => Element | undefined;
}

/** Draws one mark in CSS pixels of the viewport. */
export function drawMark(
  context: CanvasRenderingContext2D,
  mark: Mark,
  camera: Camera,
  colors: OverlayColors,
  source: MarkSource,
): void {
  context.lineWidth = 1.25;
  context.strokeStyle = colors.accent;
  context.fillStyle = colors.veil;
  context.beginPath();
  switch (mark.kind) {
    case 'box': {
      const { minX, minY, maxX, maxY } = mark.box;
      const [left, top] = toViewport(camera, [minX, minY]);
      const [right, bottom] = toViewport(camera, [maxX, maxY]);
      context.rect(left, top, right - left, bottom - top);
      context.fill();
      context.stroke();
      break;
    }
    case 'lasso':
      tracePath(context, pathAlong(mark.points, true), camera);
      context.fill('nonzero');
      context.setLineDash([5, 4]);
      context.stroke();
      context.setLineDash([]);
      break;
    case 'outline':
      context.lineWidth = mark.strength === 'target' ? 3 : 1.5;
      context.globalAlpha = mark.strength === 'target' ? 0.9 : 0.6;
      for (const { id } of withContents(source.editor.board, [mark.id])) {
        const element = source.look(id);
        if (element !== undefined) tracePath(context, outlineOf(element, source.find), camera);
      }
      context.stroke();
      context.globalAlpha = 1;
      break;
    case 'guide':
      strokeLine(context, mark.from, mark.to, camera, colors.guide);
      break;
    case 'gap':
      strokeLine(context, mark.from, mark.to, camera, colors.guide);
      strokeEnds(context, mark.from, mark.to, camera);
      break;
    case 'label':
      drawLabel(context, toViewport(camera, mark.at), mark.text, colors);
  }
}

function strokeLine(
  context: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  camera: Camera,
  color: string,
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.moveTo(...crisp(toViewport(camera, from)));
  context.lineTo(...crisp(toViewport(camera, to)));
  context.stroke();
}

/** Short strokes across both ends of a gap. */
function strokeEnds(context: CanvasRenderingContext2D, from: Point, to: Point, camera: Camera): void {
  const across = Math.abs(to[0] - from[0]) > Math.abs(to[1] - from[1]) ? [0, 4] : [4, 0];
  context.beginPath();
  for (const end of [from, to]) {
    const [x, y] = crisp(toViewport(camera, end));
    context.moveTo(x - (across[0] ?? 0), y - (across[1] ?? 0));
    context.lineTo(x + (across[0] ?? 0), y + (across[1] ?? 0));
  }
  context.stroke();
}

function crisp([x, y]: Point): [number, number] {
  return [Math.round(x) + 0.5, Math.round(y) + 0.5];
}

const LABEL_FONT = '500 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Below the pointer, where no hand covers it and no handle is. */
function drawLabel(
  context: CanvasRenderingContext2D,
  [x, y]: Point,
  text: string,
  colors: OverlayColors,
): void {
  context.font = LABEL_FONT;
  const width = context.measureText(text).width + 14;
  context.fillStyle = colors.accent;
  context.roundRect(x - width / 2, y + 18, width, 21, 6);
  context.fill();
  context.fillStyle = colors.onAccent;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x, y + 29);
}
