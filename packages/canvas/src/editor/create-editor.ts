import {
  type Board,
  type Box,
  type Change,
  type CommitOptions,
  type ElementId,
  isEmptyChange,
  type LiveInk,
  type Presence,
} from '@inkwire/core';
import { type Area, createCamera, type Size, viewportBox } from '../scene/camera.js';
import { createCropGhost } from './crop-ghost.js';
import type { Editor } from './editor.js';
import { readStyle, restyle } from './element-style.js';
import type { Mark } from './mark.js';
import { createNotices, type Timers } from './notices.js';
import { createRunningGesture } from './running-gesture.js';
import { createSelection } from './selection.js';
import type { Tool, ToolContext, ToolStyle } from './tool.js';
import { checkStyle, createToolStyles } from './tool-styles.js';

export interface EditorOptions {
  readonly board: Board;
  readonly query: ToolContext['query'];
  readonly presence: Presence | null;
  readonly tools: readonly Tool[];
  readonly tool: string;
  readonly style: ToolStyle;
  readonly readOnly: boolean;
  /** Milliseconds since the page was opened. */
  readonly now: () => number;
  readonly timers: Timers;
  readonly size: () => Size;
  readonly freeArea: () => Area;
  readonly fit: () => void;
  /** Camera, tool, style, selection, read-only, what is written or said changed. */
  readonly onState: () => void;
  /** The camera moved. */
  readonly onCamera: () => void;
  /** The gesture, or what is drawn over the board, looks different. */
  readonly onGesture: () => void;
  /** My stroke was committed. */
  readonly onCommit: (ink: LiveInk) => void;
}

/** The tool that is in hand after one that does not stay. */
const RESTING_TOOL = 'select';

export function createEditor(options: EditorOptions): Editor {
  const { board, presence, onState, onGesture } = options;
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  const styles = createToolStyles(tools.values());
  const notices = createNotices(options.timers, onState);
  /** How what is selected looks, once it was asked for. */
  let cropping: ElementId | null = null;
  let selected: { readonly style: ToolStyle | null } | null = null;
  const selection = createSelection(board, (ids) => {
    selected = null;
    if (cropping !== null && (ids.length !== 1 || ids[0] !== cropping)) cropping = null;
    presence?.setSelection(ids);
    onState();
  });
  let tool = toolNamed(options.tool);
  let camera = createCamera();
  let keepsTool = false;
  let { readOnly } = options;
  let grid: number | null = null;
  let writing: ElementId | null = null;
  let hovered: { readonly cursor: string; readonly marks: readonly Mark[] } | null = null;
  /** The tool of the gesture under way. */
  let used = tool;
  let coarse = false;
  const running = createRunningGesture({
    presence,
    now: options.now,
    onChange: onGesture,
    commit: (change) => board.commit(change),
    onCommit: options.onCommit,
    onFinish(made) {
      const done = made || used.harmless === true;
      if (!done || used !== tool || tool.stays !== false || !tools.has(RESTING_TOOL)) return;
      // What was made is not in the way of the next one.
      if (keepsTool) selection.set([]);
      else setTool(RESTING_TOOL);
    },
  });
  const withGhost = createCropGhost(board);
  presence?.setTool(tool.name);
  styles.set(tool, options.style);

  function toolNamed(name: string): Tool {
    const found = tools.get(name);
    if (found !== undefined) return found;
    throw new RangeError(`There is no tool '${name}'. The tools here are ${[...tools.keys()].join(', ')}.`);
  }

  function setTool(name: string): void {
    const next = toolNamed(name);
    if (next === tool) return;
    running.abandon();
    tool = next;
    hovered = null;
    if (tool.name !== RESTING_TOOL && tool.begin !== null) selection.set([]);
    presence?.setTool(name);
    onState();
  }

  /** A document that a newer program wrote could only be damaged here (D12). */
  function mayOnlyLook(): boolean {
    return readOnly || board.readOnly;
  }

  function contextOf(chosen: Tool): ToolContext {
    return {
      board,
      style: styles.of(chosen) ?? {},
      zoom: camera.zoom,
      selection,
      readOnly: mayOnlyLook(),
      grid,
      query: options.query,
      find: board.recall,
      visible: (): Box => viewportBox(camera, options.size()),
      redraw() {
        running.tell();
        onGesture();
      },
      write: setWriting,
      cropping,
      crop: setCropping,
      say: (text) => notices.show(text),
    };
  }

  function setWriting(id: ElementId | null): void {
    if (id === writing) return;
    writing = id !== null && board.get(id) === undefined ? null : id;
    onState();
  }

  function setCropping(id: ElementId | null): void {
    if (id !== null) selection.set([id], selection.within);
    cropping = id !== null && selection.has(id) ? id : null;
    onState();
  }

  function setHovered(next: typeof hovered): void {
    const before = hovered;
    hovered = next;
    if (JSON.stringify(before?.marks ?? []) !== JSON.stringify(next?.marks ?? [])) onGesture();
  }

  function commit(change: Change, commitOptions?: CommitOptions): boolean {
    if (mayOnlyLook()) {
      notices.show('This board is read only.');
      return false;
    }
    if (isEmptyChange(change)) return false;
    board.commit(change, commitOptions);
    return true;
  }

  const unsubscribe = board.subscribe(() => {
    selected = null;
    // What was removed under somebody's words stays open: their next letter brings it back (C7).
    if (writing !== null && board.recall(writing) === undefined) setWriting(null);
  });

  return {
    board,
    get camera() {
      return camera;
    },
    setCamera(next) {
      const valid = createCamera(next.x, next.y, next.zoom);
      if (valid.x === camera.x && valid.y === camera.y && valid.zoom === camera.zoom) return;
      camera = valid;
      options.onCamera();
      onState();
    },
    size: options.size,
    freeArea: options.freeArea,
    fit: options.fit,
    get tool() {
      return tool;
    },
    tools,
    setTool,
    get keepsTool() {
      return keepsTool;
    },
    setKeepsTool(keeps) {
      keepsTool = keeps;
      onState();
    },
    get style() {
      if (tool.name !== RESTING_TOOL || selection.ids.length === 0) return styles.of(tool);
      selected ??= { style: readStyle(board, selection.ids) };
      return selected.style;
    },
    setStyle(change) {
      const style = checkStyle(change);
      if (tool.name === RESTING_TOOL) {
        if (selection.ids.length > 0) commit(restyle(board, selection.ids, style));
      } else {
        styles.set(tool, style);
      }
      onState();
    },
    get readOnly() {
      return mayOnlyLook();
    },
    setReadOnly(next) {
      if (next === readOnly) return;
      readOnly = next;
      if (readOnly) {
        running.abandon();
        setWriting(null);
      }
      onState();
    },
    get grid() {
      return grid;
    },
    setGrid(next) {
      grid = next;
      onState();
    },
    selection,
    get writing() {
      return writing;
    },
    setWriting,
    get cropping() {
      return cropping;
    },
    setCropping,
    notices,
    commit,
    get busy() {
      return running.running;
    },
    get moving() {
      return running.preview.size > 0;
    },
    get coarse() {
      return coarse;
    },
    begin(sample, name) {
      const chosen = name === undefined ? tool : toolNamed(name);
      if (running.running || chosen.begin === null) return false;
      if (mayOnlyLook() && chosen.harmless !== true) return false;
      used = chosen;
      coarse = sample.device === 'touch';
      running.start(chosen.begin(contextOf(chosen), sample), sample);
      if (hovered !== null) hovered = { cursor: hovered.cursor, marks: [] };
      return true;
    },
    move: running.move,
    setKeys: running.setKeys,
    finish: running.finish,
    abandon: running.abandon,
    hover(sample) {
      if (sample !== null) coarse = sample.device === 'touch';
      const look = sample === null || running.running ? null : tool.hover?.(contextOf(tool), sample);
      setHovered(look ?? null);
    },
    doubleClick: (sample) => tool.doubleClick?.(contextOf(tool), sample),
    point: (point) => presence?.setCursor(point),
    get cursor() {
      return running.cursor ?? hovered?.cursor ?? tool.cursor;
    },
    strokes: running.strokes,
    get fading() {
      return running.fading;
    },
    get preview() {
      return withGhost(cropping, running.preview);
    },
    get marks() {
      return running.running ? running.marks : (hovered?.marks ?? []);
    },
    destroy() {
      running.abandon();
      running.destroy();
      notices.dismiss();
      unsubscribe();
      selection.destroy();
    },
  };
}
