import type { Board } from '@inkwire/core';
import type { BoardView, MountOptions } from './board-view.js';
import { isAvailable, runCommand } from './editor/command.js';
import { commandNamed } from './editor/commands.js';
import { watchConflicts } from './editor/conflict-notices.js';
import { createEditor } from './editor/create-editor.js';
import { createFling } from './editor/fling.js';
import { createFollowing } from './editor/following.js';
import { DEFAULT_TOOL, TOOLS } from './editor/tools.js';
import { createLateControls } from './late-controls.js';
import { createBoardLayers } from './layers/board-layers.js';
import { createContainer } from './layers/container.js';
import { createFrameLoop } from './layers/frame-loop.js';
import { checkTheme, watchTheme } from './layers/theme-watch.js';
import { observeViewport, type Viewport } from './layers/viewport.js';
import { forgetTextLayouts } from './paint/element-text.js';
import { type Area, type Camera, createCamera, fitBox, viewportBox } from './scene/camera.js';
import { createSight } from './scene/sight.js';

/**
 * Shows `board` in `element` and lets a person draw on it, until `destroy()`. The board fills the element, which
 * therefore needs a height.
 *
 * Throws `RangeError` for a tool, a style or a theme that does not exist.
 */
export function mountBoard(element: HTMLElement, board: Board, options: MountOptions = {}): BoardView {
  const { presence = null, clock = Date.now } = options;
  const document = element.ownerDocument;
  const window = document.defaultView;
  if (window === null) throw new RangeError('element must be in a document that a window shows.');
  checkTheme(options.theme ?? 'system');
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const listeners = new Set<() => void>();
  const now = () => window.performance.now();

  const editor = createEditor({
    board,
    query: (box) => layers.scene.query(box),
    presence,
    tools: [...TOOLS, ...(options.tools ?? [])],
    tool: options.tool ?? DEFAULT_TOOL,
    style: options.style ?? {},
    readOnly: options.readOnly ?? false,
    now,
    timers: window,
    size: () => viewport,
    freeArea,
    fit,
    onState: changed,
    onCamera: () => following.noteMovement(),
    onGesture() {
      following.noteMovement();
      layers.fade(new Set(editor.fading));
      loop.invalidate();
      const ended = wasBusy && !editor.busy;
      wasBusy = editor.busy;
      if (ended) changed();
    },
    onCommit: (ink) => layers.settle(ink),
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
  const { container, canvas } = createContainer(document, signal, options.label ?? 'Whiteboard');
  const theme = watchTheme(window, options.theme ?? 'system', repaint);
  const layers = createBoardLayers({
    board,
    container,
    canvas,
    window: window as Window & typeof globalThis,
    theme: () => theme.current,
    resolveImage: options.resolveImage,
    painters: options.painters,
    now,
    onChange: () => loop.invalidate(),
  });
  let wasBusy = false;
  let fitWhenSized = false;
  const sight = createSight(board);
  let outOfSight = false;
  let told: { camera?: Camera; viewport?: Viewport } = {};
  let viewport: Viewport = { width: 0, height: 0, pixelWidth: 0, pixelHeight: 0, pixelRatio: 1 };

  const loop = createFrameLoop(window, now, render, () => layers.complete || isHidden());
  function isHidden(): boolean {
    return viewport.pixelWidth === 0 || viewport.pixelHeight === 0;
  }

  function showOrRelease(): void {
    if (document.hidden) {
      layers.rest();
    } else {
      layers.wake();
      loop.invalidate();
    }
  }

  function changed(): void {
    container.toggleAttribute('data-read-only', editor.readOnly);
    container.style.backgroundColor = theme.current.paper;
    controls.show();
    loop.invalidate();
    for (const listener of listeners) listener();
  }

  function repaint(): void {
    layers.reset();
    changed();
  }

  function render(time: number): boolean {
    if (isHidden()) return false;
    const moment = clock();
    const others = presence?.others(moment) ?? [];
    const gliding = fling.step(time);
    const travelling = following.step(others, viewport, time);
    const unfinished = layers.show({ editor, others, viewport, theme: theme.current, time });
    controls.showOthers(others);
    controls.show();
    tellViewport();
    if (!gliding && !travelling && !unfinished) {
      lookAround();
      controls.prepare();
    }
    return gliding || travelling || unfinished || (presence?.moving(moment) ?? false);
  }

  function tellViewport(): void {
    if (told.camera === editor.camera && told.viewport === viewport) return;
    told = { camera: editor.camera, viewport };
    presence?.setViewport(viewportBox(editor.camera, viewport));
  }

  function lookAround(): void {
    const isOut = sight.isOutOfSight(viewportBox(editor.camera, viewport));
    if (isOut === outOfSight) return;
    outOfSight = isOut;
    changed();
  }

  function fit(): void {
    // Before the first layout there is nothing to fit into; then it is done with it.
    fitWhenSized = isHidden();
    if (fitWhenSized) return;
    const bounds = layers.scene.bounds();
    editor.setCamera(bounds === null ? createCamera() : fitBox(bounds, freeArea()));
  }

  function freeArea(): Area {
    const { width, height } = viewport;
    return options.freeArea?.() ?? { left: 0, top: 0, width, height };
  }

  const controls = createLateControls(element, {
    container,
    editor,
    presence,
    fling,
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
  element.append(container);
  const stop = [
    presence?.subscribe(loop.invalidate),
    watchConflicts(board, presence, editor.notices, window, clock),
    observeViewport(container, (next) => {
      const wasHidden = isHidden();
      viewport = next;
      if (isHidden()) {
        layers.release();
      }
      if (fitWhenSized) fit();
      canvas.style.width = `${next.pixelWidth / next.pixelRatio}px`;
      canvas.style.height = `${next.pixelHeight / next.pixelRatio}px`;
      // Resizing a canvas clears it, and the browser paints right after this.
      if (wasHidden) loop.invalidate();
      else loop.flush();
    }),
  ];
  // The browser took the pixels of a canvas away (a driver restarted): they are painted again from the board.
  container.addEventListener('contextrestored', repaint, { signal, capture: true });
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

  if (!document.hidden) loop.begin();

  return {
    element: container,
    get camera() {
      return editor.camera;
    },
    setCamera: editor.setCamera,
    fit,
    get outOfSight() {
      return outOfSight;
    },
    get tool() {
      return editor.tool.name;
    },
    setTool: editor.setTool,
    get keepsTool() {
      return editor.keepsTool;
    },
    setKeepsTool: editor.setKeepsTool,
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
      return controls.keyMap.commands;
    },
    run: (name) => runCommand(commandNamed(name, controls.keyMap.commands), editor),
    canRun: (name) => isAvailable(commandNamed(name, controls.keyMap.commands), editor),
    setKeys: (name, keys) => controls.keyMap.set(name, keys),
    resetKeys: () => controls.keyMap.reset(),
    takeIn: controls.takeIn,
    get notice() {
      return editor.notices.current;
    },
    dismissNotice: editor.notices.dismiss,
    get busy() {
      return editor.busy || editor.writing !== null;
    },
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
      editor.finish();
      controls.destroy();
      editor.destroy();
      presence?.setCursor(null);
      lifetime.abort();
      for (const each of stop) each?.();
      theme.destroy();
      loop.destroy();
      layers.destroy();
      listeners.clear();
      container.remove();
    },
  };
}
