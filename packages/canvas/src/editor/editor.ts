import type { Board, ElementId, InkPoint, LiveInk, Point, Presence } from '@inkwire/core';
import { type Camera, createCamera } from '../scene/camera.js';
import type { PointerReport } from './pointer-sample.js';
import type { Gesture, PointerSample, Tool, ToolContext, ToolStyle } from './tool.js';

/** What a person does on one view of a board: where they look, the tool in hand, the gesture under way. */
export interface Editor {
  readonly camera: Camera;
  setCamera(camera: Camera): void;
  readonly tool: Tool;
  /** Throws `RangeError` for a name that no tool has. */
  setTool(name: string): void;
  /** How the current tool draws; null if it has no style. */
  readonly style: ToolStyle | null;
  /** Changes the style of the current tool. */
  setStyle(style: Partial<ToolStyle>): void;
  readonly readOnly: boolean;
  /** A gesture under way is given up when the board becomes read-only. */
  setReadOnly(readOnly: boolean): void;

  /** Begins with the tool in hand, or with another one for this gesture alone. Does nothing while read-only. */
  begin(sample: PointerSample, tool?: string): boolean;
  move(report: PointerReport): void;
  /** Ends the gesture and commits what it came to. */
  finish(): void;
  /** Ends the gesture and commits nothing. */
  abandon(): void;
  /** Tells the others where my pointer is (page); null when it left. */
  point(point: Point | null): void;

  /** My stroke so far, with where it will probably go by `time` (ms since the page was opened). */
  stroke(time: number): { readonly ink: LiveInk; readonly predicted: readonly InkPoint[] } | null;
  readonly fading: ReadonlySet<ElementId>;
}

/** A prediction that did not come true by then (ms) is withdrawn: the pointer stopped. */
const PREDICTION_LIFETIME = 40;
const NOTHING: ReadonlySet<never> = new Set();
/** What a tool gets that has no style of its own. */
const PLAIN: ToolStyle = { color: 'ink', width: 1, opacity: 1 };

export interface EditorOptions {
  readonly board: Board;
  readonly query: ToolContext['query'];
  readonly presence: Presence | null;
  readonly tools: readonly Tool[];
  readonly tool: string;
  readonly style: Partial<ToolStyle>;
  readonly readOnly: boolean;
  /** Milliseconds since the page was opened. */
  readonly now: () => number;
  /** Camera, tool, style or read-only changed. */
  readonly onState: () => void;
  /** The camera moved. */
  readonly onCamera: () => void;
  /** The gesture looks different. */
  readonly onGesture: () => void;
  /** My stroke was committed. */
  readonly onCommit: (ink: LiveInk) => void;
}

export function createEditor(options: EditorOptions): Editor {
  const { board, query, presence, now, onState, onGesture } = options;
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  const styles = new Map<string, ToolStyle>();
  for (const { name, style } of options.tools) if (style !== null) styles.set(name, checkStyle(style));
  let tool = toolNamed(options.tool);
  let camera = createCamera();
  let { readOnly } = options;
  let gesture: Gesture | null = null;
  let predictedAt = 0;
  presence?.setTool(tool.name);
  restyle(options.style);

  function toolNamed(name: string): Tool {
    const found = tools.get(name);
    if (found !== undefined) return found;
    throw new RangeError(`There is no tool '${name}'. The tools here are ${[...tools.keys()].join(', ')}.`);
  }

  function restyle(change: Partial<ToolStyle>): void {
    const style = styles.get(tool.name);
    if (style !== undefined) styles.set(tool.name, checkStyle({ ...style, ...change }));
  }

  /** A document that a newer program wrote could only be damaged here (D12). */
  function mayOnlyLook(): boolean {
    return readOnly || board.readOnly;
  }

  function end(): Gesture | null {
    const ended = gesture;
    gesture = null;
    return ended;
  }

  function abandon(): void {
    const ended = end();
    if (ended === null) return;
    if (ended.ink !== null) presence?.endLive(ended.ink.id);
    onGesture();
  }

  return {
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
    get tool() {
      return tool;
    },
    setTool(name) {
      const next = toolNamed(name);
      if (next === tool) return;
      tool = next;
      presence?.setTool(name);
      onState();
    },
    get style() {
      return styles.get(tool.name) ?? null;
    },
    setStyle(change) {
      restyle(change);
      onState();
    },
    get readOnly() {
      return mayOnlyLook();
    },
    setReadOnly(next) {
      if (next === readOnly) return;
      readOnly = next;
      if (readOnly) abandon();
      onState();
    },
    begin(sample, name) {
      if (mayOnlyLook() || gesture !== null) return false;
      const chosen = name === undefined ? tool : toolNamed(name);
      if (chosen.begin === null) return false;
      const style = styles.get(chosen.name) ?? PLAIN;
      gesture = chosen.begin({ board, style, zoom: camera.zoom, query, find: board.recall }, sample);
      if (gesture.ink !== null) presence?.drawLive(gesture.ink);
      onGesture();
      return true;
    },
    move({ samples, predicted }) {
      if (gesture === null) return;
      gesture.move(samples, predicted);
      predictedAt = now();
      if (gesture.ink !== null) presence?.drawLive(gesture.ink);
      onGesture();
    },
    finish() {
      const ended = end();
      if (ended === null) return;
      try {
        const change = ended.finish();
        if (change === null) return;
        board.commit(change);
        if (ended.ink !== null) options.onCommit(ended.ink);
      } finally {
        if (ended.ink !== null) presence?.endLive(ended.ink.id);
        onGesture();
      }
    },
    abandon,
    point: (point) => presence?.setCursor(point),
    stroke(time) {
      if (gesture === null || gesture.ink === null) return null;
      const fresh = time - predictedAt < PREDICTION_LIFETIME;
      return { ink: gesture.ink, predicted: fresh ? gesture.predicted : [] };
    },
    get fading() {
      return gesture?.fading ?? NOTHING;
    },
  };
}

function checkStyle(style: ToolStyle): ToolStyle {
  if (style.color !== 'ink' && !/^#[0-9a-f]{6}$/i.test(style.color)) {
    throw new RangeError(`color must be '#rrggbb' or 'ink', not '${style.color}'.`);
  }
  if (!(style.width > 0 && style.width <= 1000)) {
    throw new RangeError(`width must be above 0 and at most 1000 page units, not ${style.width}.`);
  }
  if (!(style.opacity > 0 && style.opacity <= 1)) {
    throw new RangeError(`opacity must be above 0 and at most 1, not ${style.opacity}.`);
  }
  // As a board holds them (D7): what is drawn live then looks as it will when it is committed.
  return {
    color: style.color,
    width: Math.max(Math.round(style.width * 64), 1) / 64,
    opacity: Math.max(Math.round(style.opacity * 255), 1) / 255,
  };
}
