import type { Board, ElementId, LiveInk, Presence } from '@inkwire/core';
import type { BoardView, MountOptions } from './board-view.js';
import { isAvailable, runCommand } from './editor/command.js';
import { commandNamed } from './editor/commands.js';
import { watchConflicts } from './editor/conflict-notices.js';
import { createEditor } from './editor/create-editor.js';
import { createFling } from './editor/fling.js';
import { createFollowing } from './editor/following.js';
import { attachKeyboardInput } from './editor/keyboard-input.js';
import { attachPointerInput } from './editor/pointer-input.js';
import { TOOLS } from './editor/tools.js';
import { attachWheelInput } from './editor/wheel-input.js';
import { createImageStore } from './images/image-store.js';
import { createContainer } from './layers/container.js';
import { createCursorLayer } from './layers/cursor-layer.js';
import { createFrameLoop } from './layers/frame-loop.js';
import { createHeldElements } from './layers/held-elements.js';
import type { LiveStroke } from './layers/live-layer.js';
import { createOthersDrags } from './layers/others-drags.js';
import { createOverlayLayer } from './layers/overlay-layer.js';
import { createScreen, othersStrokes, paintedIn } from './layers/screen.js';
import { watchTheme } from './layers/theme-watch.js';
import { createTileLayer } from './layers/tile-layer.js';
import { viewOf } from './layers/view.js';
import { observeViewport, type Viewport } from './layers/viewport.js';
import { mountControls } from './mount-controls.js';
import { forgetTextLayouts } from './paint/element-text.js';
import { type Camera, createCamera, fitBox, viewportBox } from './scene/camera.js';
import { createScene } from './scene/scene.js';

/** What a frame may spend on painting tiles (ms), so that it leaves in time for 60 frames a second. */
const PAINT_BUDGET = 8;
const FADED = 0.25;

/**
 * Shows `board` in `element` and lets a person draw on it, until `destroy()`. The board fills the element, which
 * therefore needs a height.
 *
 * Throws `RangeError` for a tool or a style that does not exist.
 */
export function mountBoard(element: HTMLElement, board: Board, options: MountOptions = {}): BoardView {
  const { presence = null, clock = Date.now } = options;
  const document = element.ownerDocument;
  const window = document.defaultView;
  if (window === null) throw new RangeError('element must be in a document that a window shows.');
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const listeners = new Set<() => void>();
  const now = () => window.performance.now();

  const editor = createEditor({
    board,
    query: (box) => scene.query(box),
    presence,
    tools: [...TOOLS, ...(options.tools ?? [])],
    tool: options.tool ?? 'pen',
    style: options.style ?? {},
    readOnly: options.readOnly ?? false,
    now,
    timers: window,
    size: () => viewport,
    fit,
    onState: changed,
    onCamera: () => following.noteMovement(),
    onGesture() {
      following.noteMovement();
      fade(new Set(editor.fading));
      loop.invalidate();
    },
    onCommit: (ink) => settling.set(ink.id, ink),
  });
  const motion = window.matchMedia('(prefers-reduced-motion: reduce)');
  const following = createFollowing(
    () => editor,
    () => motion.matches,
    changed,
  );
  const fling = createFling(
    () => editor,
    () => !motion.matches,
    () => loop.invalidate(),
  );
  const { container, canvas } = createContainer(document, options.label ?? 'Whiteboard');
  const scene = createScene(board);
  const theme = watchTheme(window, options.theme ?? 'system', repaint);
  const images = createImageStore({
    resolveImage: options.resolveImage,
    onChange: (ids) => {
      const boxes = ids.map(scene.boundsOf).filter((box) => box !== null);
      tiles.damage(boxes.map((box) => ({ box, added: null })));
      loop.invalidate();
    },
    network: window,
  });
  const resources = { images, painters: options.painters };
  const tiles = createTileLayer({
    query: scene.query,
    find: scene.find,
    resources,
    get theme() {
      return theme.current;
    },
    fade: ({ id }) => (held.isHeld(id) ? 0 : fading.has(id) ? FADED : 1),
  });
  const screen = createScreen(canvas, tiles, resources);
  const overlay = createOverlayLayer(container);
  const cursors = createCursorLayer(container);
  const isPainted = paintedIn(scene, tiles);
  const held = createHeldElements(board, scene, tiles, isPainted);
  const drags = createOthersDrags(board);
  const settling = new Map<ElementId, LiveInk>();
  let fitWhenSized = false;
  let told: { camera?: Camera; viewport?: Viewport } = {};
  let fading: ReadonlySet<ElementId> = new Set();
  let viewport: Viewport = { width: 0, height: 0, pixelWidth: 0, pixelHeight: 0, pixelRatio: 1 };

  const loop = createFrameLoop(window, now, render, () => (tiles.complete && !images.pending) || isHidden());
  function isHidden(): boolean {
    return viewport.pixelWidth === 0 || viewport.pixelHeight === 0;
  }

  function showOrRelease(): void {
    if (document.hidden) {
      images.release();
      tiles.release();
    } else {
      images.retry();
      loop.invalidate();
    }
  }

  function changed(): void {
    container.toggleAttribute('data-read-only', editor.readOnly);
    container.style.backgroundColor = theme.current.paper;
    pointer.showCursor();
    controls.show();
    loop.invalidate();
    for (const listener of listeners) listener();
  }

  function repaint(): void {
    tiles.reset();
    changed();
  }

  function fade(next: ReadonlySet<ElementId>): void {
    const differing = [...next].filter((id) => !fading.has(id));
    for (const id of fading) if (!next.has(id)) differing.push(id);
    fading = next;
    const boxes = differing.map(scene.boundsOf).filter((box) => box !== null);
    if (boxes.length > 0) tiles.damage(boxes.map((box) => ({ box, added: null })));
  }

  function strokes(time: number, others: ReturnType<Presence['others']>): LiveStroke[] {
    const live = othersStrokes(others, isPainted);
    for (const [id, ink] of settling) {
      // Removed again, or painted: either way the tiles now tell the truth.
      if (scene.boundsOf(id) === null || isPainted(id)) settling.delete(id);
      else live.push({ ink, predicted: [] });
    }
    live.push(...editor.strokes(time));
    return live;
  }

  function render(time: number): boolean {
    if (isHidden()) return false;
    const moment = clock();
    const others = presence?.others(moment) ?? [];
    const gliding = fling.step(time);
    const travelling = following.step(others, viewport, time);
    const view = viewOf(editor.camera, viewport);
    held.update([editor.preview, ...drags.read(others).values()]);
    const end = now() + PAINT_BUDGET;
    const damage = tiles.refresh(view, time, () => now() >= end);
    const above = { strokes: strokes(time, others), elements: held.elements(), find: held.find };
    screen.compose(view, above, damage);
    overlay.show({ editor, others, viewport, theme: theme.current, look: held.look, find: held.find });
    cursors.show(others, editor.camera);
    controls.showOthers(others);
    controls.show();
    tellViewport();
    const mine = editor.strokes(time);
    // A prediction is withdrawn, and a pointer's trail fades, without another event.
    const fleeting = mine.some(({ predicted }) => predicted.length > 0) || (mine.length > 0 && !editor.busy);
    return (
      gliding ||
      travelling ||
      tiles.pending ||
      fleeting ||
      settling.size > 0 ||
      held.settling ||
      (presence?.moving(moment) ?? false)
    );
  }

  function tellViewport(): void {
    if (told.camera === editor.camera && told.viewport === viewport) return;
    told = { camera: editor.camera, viewport };
    presence?.setViewport(viewportBox(editor.camera, viewport));
  }

  function fit(): void {
    // Before the first layout there is nothing to fit into; then it is done with it.
    fitWhenSized = isHidden();
    if (fitWhenSized) return;
    const bounds = scene.bounds();
    editor.setCamera(bounds === null ? createCamera() : fitBox(bounds, viewport));
  }

  const controls = mountControls({
    container,
    editor,
    presence,
    window: window as Window & typeof globalThis,
    signal,
    now,
    clock,
    theme: () => theme.current,
    reducesMotion: () => motion.matches,
    mount: options,
    onState: changed,
    onLook: loop.invalidate,
  });
  const { keyMap } = controls;
  const pointer = attachPointerInput(container, editor, {
    fingers: options.fingers ?? 'auto',
    fling,
    timers: window,
    signal,
  });
  attachWheelInput(container, editor, signal);
  attachKeyboardInput(
    container,
    {
      editor,
      commands: () => keyMap.commands,
      setPanHeld: pointer.setPanHeld,
    },
    signal,
  );
  element.append(container);
  const stop = [
    scene.subscribe((parts) => {
      tiles.damage(parts);
      loop.invalidate();
    }),
    presence?.subscribe(loop.invalidate),
    watchConflicts(board, presence, editor.notices, window, clock),
    observeViewport(container, (next) => {
      const wasHidden = isHidden();
      viewport = next;
      if (isHidden()) {
        tiles.release();
        screen.release();
      }
      if (fitWhenSized) fit();
      canvas.style.width = `${next.pixelWidth / next.pixelRatio}px`;
      canvas.style.height = `${next.pixelHeight / next.pixelRatio}px`;
      // Resizing a canvas clears it, and the browser paints right after this.
      if (wasHidden) loop.invalidate();
      else loop.flush();
    }),
  ];
  // The browser took the pixels away (a driver restarted): they are painted again from the board.
  canvas.addEventListener('contextrestored', repaint, { signal });
  document.addEventListener('visibilitychange', showOrRelease, { signal });
  // Letters that were measured and painted with another font, because this one was not there yet.
  document.fonts.addEventListener(
    'loadingdone',
    () => {
      forgetTextLayouts();
      repaint();
    },
    { signal },
  );
  changed();

  return {
    element: container,
    get camera() {
      return editor.camera;
    },
    setCamera: editor.setCamera,
    fit,
    get tool() {
      return editor.tool.name;
    },
    setTool: editor.setTool,
    get style() {
      return editor.style;
    },
    setStyle: editor.setStyle,
    get selection() {
      return editor.selection.ids;
    },
    select(ids) {
      editor.setTool('select');
      editor.selection.set(ids);
    },
    get commands() {
      return keyMap.commands;
    },
    run: (name) => runCommand(commandNamed(name, keyMap.commands), editor),
    canRun: (name) => isAvailable(commandNamed(name, keyMap.commands), editor),
    setKeys: keyMap.set,
    resetKeys: keyMap.reset,
    takeIn: controls.takeIn,
    get notice() {
      return editor.notices.current;
    },
    dismissNotice: editor.notices.dismiss,
    get readOnly() {
      return editor.readOnly;
    },
    setReadOnly: editor.setReadOnly,
    get following() {
      return following.session;
    },
    follow: following.start,
    get theme() {
      return theme.current;
    },
    setTheme: theme.set,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    focus: () => container.focus({ preventScroll: true }),
    idle: loop.idle,
    destroy() {
      controls.destroy();
      editor.destroy();
      presence?.setCursor(null);
      lifetime.abort();
      pointer.destroy();
      for (const each of stop) each?.();
      theme.destroy();
      loop.destroy();
      cursors.destroy();
      overlay.destroy();
      drags.destroy();
      scene.destroy();
      images.destroy();
      listeners.clear();
      container.remove();
    },
  };
}
