import type { ElementId, Point, Presence } from '@inkwire/core';
import type { Command } from './editor/command.js';
import type { Notice } from './editor/notices.js';
import type { FingerUse } from './editor/pointer-input.js';
import type { Tool, ToolStyle } from './editor/tool.js';
import type { TakenIn } from './exchange/exchange.js';
import type { StoreImage } from './exchange/prepare-picture.js';
import type { ResolveImage } from './images/image-source.js';
import type { KindPainter } from './paint/paint-context.js';
import type { Theme, ThemeName } from './paint/theme.js';
import type { Area, Camera } from './scene/camera.js';

export interface MountOptions {
  /** Shows the others, and shows me to them. */
  readonly presence?: Presence | undefined;
  /** The tool in hand. Default `'pen'`. */
  readonly tool?: string | undefined;
  /** The app's own tools, besides the built-in ones; one of the same name takes its place. */
  readonly tools?: readonly Tool[] | undefined;
  /** The style of that tool; what is left out keeps the tool's own. */
  readonly style?: ToolStyle | undefined;
  /** Default `'system'`: as the device. */
  readonly theme?: ThemeName | undefined;
  /** Default false. */
  readonly readOnly?: boolean | undefined;
  /**
   * What a single finger does while a tool draws: `auto` draws until a pen is used, and moves the page from then on.
   * Default `'auto'`.
   */
  readonly fingers?: FingerUse | undefined;
  /** What screen readers call the board. Default `'Whiteboard'`. */
  readonly label?: string | undefined;
  /**
   * Finds the picture behind the source of an image element: its bytes, or where to fetch them. Default: the source is an
   * address, which is opened if it is `https:`, `blob:`, `data:image/…` or of the page's own origin.
   */
  readonly resolveImage?: ResolveImage | undefined;
  /** Paint the app's own kinds of elements, by the name of the kind; without one, a kind is shown as a placeholder. */
  readonly painters?: Readonly<Record<string, KindPainter>> | undefined;
  /**
   * Keeps a picture that was pasted, dropped or opened, and says under which source it can be found again. Default: a
   * picture is made small enough to be its own address, and kept in the board.
   */
  readonly storeImage?: StoreImage | undefined;
  /** Called after something was pasted, dropped or opened, with what could not be taken over. */
  readonly onTakenIn?: ((taken: TakenIn) => void) | undefined;
  /**
   * The part of the view on which nothing of the app's lies: there the board is fitted into, and what the keyboard goes
   * to is brought. Asked whenever that is done. Default: all of it; in `<inkwire-board>`, what its controls leave free.
   */
  readonly freeArea?: (() => Area) | undefined;
  /** What screen readers call a person. Default: as they call themselves while they are here. */
  readonly nameOf?: ((user: string) => string | null) | undefined;
  /** Keys by the names of commands, in place of their own: `{ 'tool.pen': ['b'], duplicate: [] }`. */
  readonly keys?: Readonly<Record<string, readonly string[]>> | undefined;
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
  /** Shows everything that is on the board, in the part of the view that is free. */
  fit(): void;
  /** Whether the board holds something, and nothing of it can be seen where this person looks. */
  readonly outOfSight: boolean;
  readonly tool: string;
  /** Throws `RangeError` for a tool that does not exist. */
  setTool(name: string): void;
  /** Whether every tool stays in hand after it made something; otherwise most are followed by selecting. */
  readonly keepsTool: boolean;
  setKeepsTool(keeps: boolean): void;
  /**
   * How the tool in hand draws, null if it has no style; while selecting, how what is selected looks: a property in
   * which the elements differ is there, and undefined.
   */
  readonly style: ToolStyle | null;
  /** Styles what is selected, and what the tool in hand will draw. Throws `RangeError` for what cannot be. */
  setStyle(style: ToolStyle): void;
  /** What is selected, each once. */
  readonly selection: readonly ElementId[];
  /** Selects elements, and takes the select tool in hand; those that are not on the board are left out. */
  select(ids: Iterable<ElementId>): void;
  /** The commands there are: by keys, in menus, or run by their name. */
  readonly commands: readonly Command[];
  /** Throws `RangeError` where there is no command of that name. One that can do nothing now does nothing. */
  run(command: string): void;
  /** Whether a command of that name can do something now. */
  canRun(command: string): boolean;
  /**
   * Gives a command other keys, none at all, or with null its own again: `Mod+Shift+z`, `Alt+ArrowLeft`, `?`. Kept in this
   * browser. Throws `RangeError` where there is no command of that name.
   */
  setKeys(command: string, keys: readonly string[] | null): void;
  /** Gives all commands their own keys again. */
  resetKeys(): void;
  /**
   * Takes in files, or what is dragged or pasted, around a point of the viewport (CSS pixels; default: where the pointer
   * is, else the middle), and selects it. Never rejects: what failed is in the result, and is said.
   */
  takeIn(from: DataTransfer | Iterable<File>, at?: Point): Promise<TakenIn>;
  /** What this person should know right now; null for nothing. */
  readonly notice: Notice | null;
  dismissNotice(): void;
  /** Whether something is drawn, dragged or written right now: `subscribe` tells when that ends. */
  readonly busy: boolean;
  readonly readOnly: boolean;
  setReadOnly(readOnly: boolean): void;
  /** The session of whom this view follows; null for nobody. */
  readonly following: string | null;
  /** Keeps on screen what that participant sees, until this person moves the page or draws (P4); null ends it. */
  follow(session: string | null): void;
  readonly theme: Theme;
  /** Throws `RangeError` for a theme that does not exist. */
  setTheme(theme: ThemeName): void;
  /** Calls `listener` when anything of the above changed; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  focus(): void;
  /** Resolves when everything that is committed is painted, at once while the view has no size. */
  idle(): Promise<void>;
  /** Takes everything back: elements, listeners, frames. What is under way is committed as far as it went. The board stays. */
  destroy(): void;
}
