import type { Board, Change, CommitOptions, ElementId, InkPoint, LiveInk, Point } from '@inkwire/core';
import type { Area, Camera, Size } from '../scene/camera.js';
import type { Mark } from './mark.js';
import type { Notices } from './notices.js';
import type { PointerReport } from './pointer-sample.js';
import type { Selection } from './selection.js';
import type { ModifierKeys, PointerSample, Preview, Tool, ToolStyle } from './tool.js';

/** What a person does on one view of a board: where they look, the tool in hand, what is selected, the gesture under way. */
export interface Editor {
  readonly board: Board;
  readonly camera: Camera;
  setCamera(camera: Camera): void;
  /** Of the viewport, in CSS pixels. */
  size(): Size;
  /** The part of the viewport on which nothing lies that belongs to the app or its controls. */
  freeArea(): Area;
  /** Shows everything that is on the board. */
  fit(): void;

  readonly tool: Tool;
  readonly tools: ReadonlyMap<string, Tool>;
  /** Gives up a gesture under way. Throws `RangeError` for a name that no tool has. */
  setTool(name: string): void;
  /** Whether every tool stays in hand after it made something. */
  readonly keepsTool: boolean;
  setKeepsTool(keeps: boolean): void;
  /**
   * How the tool in hand draws; while selecting, how what is selected looks: a property in which the elements differ
   * is there and undefined. Null if neither has a style.
   */
  readonly style: ToolStyle | null;
  /** Changes the style of what is selected, and that of the tool in hand. */
  setStyle(style: ToolStyle): void;
  readonly readOnly: boolean;
  /** A gesture under way is given up when the board becomes read-only. */
  setReadOnly(readOnly: boolean): void;
  /** Page units between the lines of the grid that everything is aligned with; null for no grid. */
  readonly grid: number | null;
  setGrid(grid: number | null): void;
  readonly selection: Selection;
  /** The element whose text is being written; null for none. */
  readonly writing: ElementId | null;
  setWriting(id: ElementId | null): void;
  /** The image whose sides are pulled to show less of it; null for none. It ends when something else is selected. */
  readonly cropping: ElementId | null;
  setCropping(id: ElementId | null): void;
  readonly notices: Notices;
  /** Commits what a command makes, if anything; says so and returns false where nothing may be changed. */
  commit(change: Change, options?: CommitOptions): boolean;

  /** Whether a gesture is under way. */
  readonly busy: boolean;
  /** Whether elements are in this person's hands. */
  readonly moving: boolean;
  /** Whether the pointer is a finger: what it has to hit is larger. */
  readonly coarse: boolean;
  /** Begins with the tool in hand, or with another one for this gesture alone. */
  begin(sample: PointerSample, tool?: string): boolean;
  move(report: PointerReport): void;
  setKeys(keys: ModifierKeys): void;
  /** Ends the gesture and commits what it came to. */
  finish(): void;
  /** Ends the gesture and commits nothing. */
  abandon(): void;
  /** The pointer is here and not pressed; null: it left the board. */
  hover(sample: PointerSample | null): void;
  doubleClick(sample: PointerSample): void;
  /** Tells the others where my pointer is (page); null when it left. */
  point(point: Point | null): void;

  /** The CSS cursor over the board. */
  readonly cursor: string;
  /** My strokes that are not committed, with where they will probably go by `time` (ms since the page was opened). */
  strokes(time: number): readonly { readonly ink: LiveInk; readonly predicted: readonly InkPoint[] }[];
  readonly fading: ReadonlySet<ElementId>;
  /** What is drawn in place of elements. */
  readonly preview: Preview;
  readonly marks: readonly Mark[];
  destroy(): void;
}
