import type { Board, ElementId, LiveInk, Participant } from '@inkwire/core';
import type { Editor } from '../editor/editor.js';
import type { ResolveImage } from '../images/image-source.js';
import { createImageStore } from '../images/image-store.js';
import type { KindPainter } from '../paint/paint-context.js';
import type { Theme } from '../paint/theme.js';
import { createScene, type Scene } from '../scene/scene.js';
import { createCursorLayer } from './cursor-layer.js';
import { createHeldElements } from './held-elements.js';
import type { LiveStroke } from './live-layer.js';
import { createOthersDrags } from './others-drags.js';
import { createOverlayLayer } from './overlay-layer.js';
import { createScreen, othersStrokes, paintedIn } from './screen.js';
import type { TileSource } from './tile.js';
import { createTileLayer } from './tile-layer.js';
import { viewOf } from './view.js';
import type { Viewport } from './viewport.js';

/** Everything of a board that is painted: what is committed, what is drawn and held right now, selections, cursors. */
export interface BoardLayers {
  readonly scene: Scene;
  /** Whether everything that is committed is painted. */
  readonly complete: boolean;
  /** Paints a frame; returns whether it wants the next one as well. */
  show(frame: Frame): boolean;
  /** These elements are faint, and no others. */
  fade(ids: ReadonlySet<ElementId>): void;
  /** A stroke that was just committed stays where it is until it is painted with the others. */
  settle(ink: LiveInk): void;
  /** Everything looks different. */
  reset(): void;
  /** The page is out of sight: what takes memory is given back. */
  rest(): void;
  /** The page is in sight again. */
  wake(): void;
  /** The board has no size: its pixels are given back. */
  release(): void;
  destroy(): void;
}

/** What a frame shows. */
export interface Frame {
  readonly editor: Editor;
  readonly others: readonly Participant[];
  readonly viewport: Viewport;
  readonly theme: Theme;
  /** Milliseconds since the page was opened. */
  readonly time: number;
}

export interface BoardLayersOptions {
  readonly board: Board;
  readonly container: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly window: Window & typeof globalThis;
  readonly theme: () => Theme;
  readonly resolveImage: ResolveImage | undefined;
  readonly painters: Readonly<Record<string, KindPainter>> | undefined;
  readonly now: () => number;
  /** The next frame looks different. */
  readonly onChange: () => void;
}

const FADED = 0.25;

export function createBoardLayers(options: BoardLayersOptions): BoardLayers {
  const { board, container, canvas, window, theme, painters, now, onChange } = options;
  const scene = createScene(board);
  const images = createImageStore({
    resolveImage: options.resolveImage,
    isOnBoard: (id) => board.get(id) !== undefined,
    onChange: (ids) => {
      damage(ids);
      onChange();
    },
    network: window,
  });
  const source: TileSource = {
    query: scene.query,
    overview: scene.overview,
    find: scene.find,
    resources: { images, painters },
    get theme() {
      return theme();
    },
    fade: ({ id }) => (held.isHeld(id) ? 0 : fading.size > 0 && fading.has(id) ? FADED : 1),
    onLost: onChange,
  };
  const tiles = createTileLayer(source, now);
  const screen = createScreen(canvas, tiles, source, onChange);
  const overlay = createOverlayLayer(container);
  const cursors = createCursorLayer(container);
  const isPainted = paintedIn(scene, tiles);
  const held = createHeldElements(board, scene, tiles, isPainted);
  const drags = createOthersDrags(board);
  const settling = new Map<ElementId, LiveInk>();
  let fading: ReadonlySet<ElementId> = new Set();
  const unsubscribe = scene.subscribe((parts) => {
    tiles.damage(parts);
    onChange();
  });

  function damage(ids: readonly ElementId[]): void {
    const boxes = ids.map(scene.boundsOf).filter((box) => box !== null);
    if (boxes.length > 0) tiles.damage(boxes.map((box) => ({ box, added: null })));
  }

  function rest(): void {
    images.release();
    tiles.release();
    screen.rest();
    overlay.release();
  }

  function strokesOf({ editor, others, time }: Frame): LiveStroke[] {
    const live = othersStrokes(others, isPainted);
    for (const [id, ink] of settling) {
      // Removed again, or painted: either way the tiles now tell the truth.
      if (scene.boundsOf(id) === null || isPainted(id)) settling.delete(id);
      else live.push({ ink, predicted: [] });
    }
    live.push(...editor.strokes(time));
    return live;
  }

  return {
    scene,
    get complete() {
      return tiles.complete && !images.pending && !screen.moving;
    },
    show(frame) {
      const { editor, others, viewport, time } = frame;
      const view = viewOf(editor.camera, viewport);
      held.update([editor.preview, ...drags.read(others).values()]);
      const changed = tiles.refresh(view, time, editor.busy);
      const { look, find } = held;
      const above = { strokes: strokesOf(frame), elements: held.elements(), find };
      screen.compose({ view, pixelRatio: viewport.pixelRatio, time, above, damage: changed });
      overlay.show({ editor, others, viewport, theme: frame.theme, look, find });
      cursors.show(others, editor.camera);
      const mine = editor.strokes(time);
      // A prediction is withdrawn, and a pointer's trail fades, without another event: all but the stroke under way.
      const fleeting =
        mine.some(({ predicted }) => predicted.length > 0) || mine.length > (editor.busy ? 1 : 0);
      return tiles.pending || fleeting || settling.size > 0 || held.settling;
    },
    fade(next) {
      const differing = [...next].filter((id) => !fading.has(id));
      for (const id of fading) if (!next.has(id)) differing.push(id);
      fading = next;
      damage(differing);
    },
    settle: (ink) => settling.set(ink.id, ink),
    reset: tiles.reset,
    rest,
    wake: images.retry,
    release() {
      rest();
      screen.release();
    },
    destroy() {
      unsubscribe();
      tiles.release();
      screen.rest();
      cursors.destroy();
      overlay.destroy();
      drags.destroy();
      scene.destroy();
      images.destroy();
    },
  };
}
