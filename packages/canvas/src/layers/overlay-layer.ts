import { type Element, type ElementId, type Participant, withContents } from '@inkwire/core';
import type { Editor } from '../editor/editor.js';
import { frameGrips, lineGrips } from '../editor/handles.js';
import { isLocked } from '../editor/locked.js';
import { frameAround, framePoint, singleLine } from '../editor/selection-frame.js';
import type { Theme } from '../paint/theme.js';
import { toViewport } from '../scene/camera.js';
import { type OverlayColors, overlayColors } from './overlay-colors.js';
import { drawGrid } from './overlay-grid.js';
import { drawMark } from './overlay-marks.js';
import { outlineOf, tracePath } from './overlay-outline.js';
import type { Viewport } from './viewport.js';

/** What is drawn over the board for one person: selections, handles, guides. The same size at every zoom. */
export interface OverlayLayer {
  show(state: OverlayState): void;
  /** Gives its pixels back; the next call shows everything anew. */
  release(): void;
  destroy(): void;
}

export interface OverlayState {
  readonly editor: Editor;
  readonly others: readonly Participant[];
  readonly viewport: Viewport;
  readonly theme: Theme;
  /** How an element looks now; undefined where it is not to be seen. */
  readonly look: (id: ElementId) => Element | undefined;
  /** Finds what lines are bound to. */
  readonly find: (id: ElementId) => Element | undefined;
}

/** More outlines than this show nobody which elements are meant: the frame around them has to do. */
const MOST_OUTLINES = 300;
const HANDLE_SIZE = 9;
/** For fingers. */
const LARGE_HANDLE_SIZE = 15;
const FALLBACK_COLOR = '#5b6474';

export function createOverlayLayer(container: HTMLElement): OverlayLayer {
  const document = container.ownerDocument;
  const forced = document.defaultView?.matchMedia('(forced-colors: active)');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  canvas.className = 'overlay';
  Object.assign(canvas.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    zIndex: '-1',
    pointerEvents: 'none',
    display: 'none',
  });
  container.append(canvas);
  const context = canvas.getContext('2d');

  return {
    show(state) {
      const { editor, others, viewport } = state;
      const empty =
        editor.grid === null &&
        editor.selection.ids.length === 0 &&
        editor.marks.length === 0 &&
        others.every(({ selection, drag }) => selection.length === 0 && drag === null);
      canvas.style.display = empty ? 'none' : 'block';
      if (empty || context === null) return;
      const { pixelWidth, pixelHeight, pixelRatio } = viewport;
      if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
        canvas.width = pixelWidth;
        canvas.height = pixelHeight;
        canvas.style.width = `${pixelWidth / pixelRatio}px`;
        canvas.style.height = `${pixelHeight / pixelRatio}px`;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, pixelWidth, pixelHeight);
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      const colors = overlayColors(state.theme.dark, forced?.matches ?? false);
      if (editor.grid !== null) drawGrid(context, editor.grid, editor.camera, viewport, state.theme.ink);
      drawOthers(context, state);
      for (const mark of editor.marks) drawMark(context, mark, editor.camera, colors, state);
      drawSelection(context, state, colors);
    },
    release() {
      canvas.width = 0;
      canvas.height = 0;
    },
    destroy: () => canvas.remove(),
  };
}

function drawOthers(context: CanvasRenderingContext2D, { editor, others, look, find }: OverlayState): void {
  context.lineWidth = 1.5;
  for (const { selection, drag, user } of others) {
    const ids = new Set([...selection, ...(drag?.ids ?? [])].slice(0, MOST_OUTLINES));
    context.strokeStyle = /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : FALLBACK_COLOR;
    context.beginPath();
    for (const element of contentsOf(editor, ids, look))
      tracePath(context, outlineOf(element, find), editor.camera);
    context.stroke();
  }
}

function drawSelection(
  context: CanvasRenderingContext2D,
  { editor, look, find }: OverlayState,
  colors: OverlayColors,
): void {
  const { camera, selection, board } = editor;
  const elements = selection.elements.flatMap(({ id }) => look(id) ?? []);
  if (elements.length === 0) return;
  context.strokeStyle = colors.accent;
  context.lineWidth = 1.25;
  if (elements.length > 1 || singleLine(elements) !== null) {
    context.beginPath();
    for (const element of elements.slice(0, MOST_OUTLINES))
      tracePath(context, outlineOf(element, find), camera);
    context.globalAlpha = elements.length > 1 ? 0.55 : 1;
    context.stroke();
    context.globalAlpha = 1;
  }
  const held = selection.ids.every((id) => !isLocked(board, id));
  const usable = held && !editor.readOnly && editor.writing === null;
  const line = singleLine(elements);
  const frame = frameAround(elements, find);
  if (frame !== null) {
    context.setLineDash(held ? [] : [4, 4]);
    context.lineWidth = editor.cropping === null ? 1.25 : 3;
    context.beginPath();
    for (const [x, y] of CORNERS) context.lineTo(...toViewport(camera, framePoint(frame, x, y)));
    context.closePath();
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 1.25;
  }
  if (!usable || editor.moving) return;
  const size = editor.coarse ? LARGE_HANDLE_SIZE : HANDLE_SIZE;
  const grips =
    line !== null ? lineGrips(line, camera.zoom, find) : frame === null ? [] : frameGrips(frame, camera.zoom);
  for (const { handle, at } of grips) {
    if (handle.kind === 'rotate' && editor.cropping !== null) continue;
    const angle = handle.kind === 'resize' ? (frame?.angle ?? 0) : null;
    const faint = handle.kind === 'point' && handle.inserts;
    drawHandle(context, toViewport(camera, at), faint ? size * 0.7 : size, angle, colors, faint);
  }
}

const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** The elements as they look now, with what is in groups and frames that were chosen as a whole. */
function contentsOf({ board }: Editor, ids: Iterable<ElementId>, look: OverlayState['look']): Element[] {
  return withContents(board, ids)
    .filter(({ kind }) => kind !== 'group')
    .flatMap(({ id }) => look(id) ?? []);
}

/** @param angle of a square handle; null for a round one. */
function drawHandle(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  size: number,
  angle: number | null,
  colors: OverlayColors,
  faint: boolean,
): void {
  context.save();
  context.translate(x, y);
  context.beginPath();
  if (angle === null) context.arc(0, 0, size / 2, 0, 2 * Math.PI);
  else {
    context.rotate(angle);
    context.roundRect(-size / 2, -size / 2, size, size, 2);
  }
  context.fillStyle = colors.handle;
  context.globalAlpha = faint ? 0.75 : 1;
  context.fill();
  context.stroke();
  context.restore();
}
