import type { Presence } from '@inkwire/core';
import { eraser } from './editor/eraser.js';
import { hand } from './editor/hand.js';
import { highlighter } from './editor/highlighter.js';
import { pen } from './editor/pen.js';
import type { Tool, ToolStyle } from './editor/tool.js';
import type { Theme, ThemeName } from './paint/theme.js';
import type { Camera } from './scene/camera.js';

/** The built-in tools: `pen`, `highlighter`, `eraser` and `hand`. */
export const TOOLS: readonly Tool[] = [pen, highlighter, eraser, hand];

export interface MountOptions {
  /** Shows the others, and shows me to them. */
  readonly presence?: Presence | undefined;
  /** The tool in hand. Default `'pen'`. */
  readonly tool?: string | undefined;
  /** The app's own tools, besides the built-in ones; one of the same name takes its place. */
  readonly tools?: readonly Tool[] | undefined;
  /** The style of that tool; what is left out keeps the tool's own. */
  readonly style?: Partial<ToolStyle> | undefined;
  /** Default `'system'`: as the device. */
  readonly theme?: ThemeName | undefined;
  /** Default false. */
  readonly readOnly?: boolean | undefined;
  /** What screen readers call the board. Default `'Whiteboard'`. */
  readonly label?: string | undefined;
  /** Milliseconds since the epoch, for playing back the others. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
}

/** A board on the screen. */
export interface BoardView {
  /** The focusable element that holds the board, inside the element it was mounted in. */
  readonly element: HTMLElement;
  readonly camera: Camera;
  /** Takes the nearest camera that is possible: zoom 0.02 to 64. */
  setCamera(camera: Camera): void;
  /** Shows everything that is on the board. */
  fit(): void;
  readonly tool: string;
  /** Throws `RangeError` for a tool that does not exist. */
  setTool(name: string): void;
  /** How the tool in hand draws; null if it has no style. */
  readonly style: ToolStyle | null;
  /** Throws `RangeError` for a colour, width or opacity that cannot be. */
  setStyle(style: Partial<ToolStyle>): void;
  readonly readOnly: boolean;
  setReadOnly(readOnly: boolean): void;
  /** The session of whom this view follows; null for nobody. */
  readonly following: string | null;
  /** Keeps on screen what that participant sees, until this person moves the page or draws (P4); null ends it. */
  follow(session: string | null): void;
  readonly theme: Theme;
  setTheme(theme: ThemeName): void;
  /** Calls `listener` when camera, tool, style, theme, read-only or whom it follows changed; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  focus(): void;
  /** Resolves when everything that is committed is painted, at once while the view has no size. */
  idle(): Promise<void>;
  /** Takes everything back: elements, listeners, frames. A stroke under way is given up. The board stays. */
  destroy(): void;
}
