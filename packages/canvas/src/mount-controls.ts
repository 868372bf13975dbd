import type { Participant, Point, Presence } from '@inkwire/core';
import { createKeyMap, type KeyMap, storageOf } from './access/key-map.js';
import { mountAccess } from './access/mount-access.js';
import type { MountOptions } from './board-view.js';
import { COMMANDS } from './editor/commands.js';
import type { Editor } from './editor/editor.js';
import type { Fling } from './editor/fling.js';
import { attachKeyboardInput } from './editor/keyboard-input.js';
import { attachLinkOpening, linkCommand } from './editor/link-opening.js';
import { attachPointerInput } from './editor/pointer-input.js';
import { createWriting } from './editor/text-writing.js';
import { attachWheelInput } from './editor/wheel-input.js';
import type { TakenIn } from './exchange/exchange.js';
import { mountExchange } from './exchange/mount-exchange.js';
import { overlayColors } from './layers/overlay-colors.js';
import type { Theme } from './paint/theme.js';

/** What a person handles a board with: pointer and wheel, commands and their keys, texts, the clipboard. */
export interface Controls {
  readonly keyMap: KeyMap;
  takeIn(from: DataTransfer | Iterable<File>, at?: Point): Promise<TakenIn>;
  /** Shows my cursor and my caret, and tells what is selected. Cheap when nothing changed. */
  show(): void;
  /** Shows where the others write. */
  showOthers(others: readonly Participant[]): void;
  destroy(): void;
}

export interface ControlsOptions {
  readonly container: HTMLElement;
  readonly editor: Editor;
  readonly presence: Presence | null;
  readonly fling: Fling;
  readonly window: Window & typeof globalThis;
  readonly signal: AbortSignal;
  /** Milliseconds since the page was opened, and since the epoch. */
  readonly now: () => number;
  readonly clock: () => number;
  readonly theme: () => Theme;
  readonly reducesMotion: () => boolean;
  readonly mount: MountOptions;
  /** Keys changed. */
  readonly onState: () => void;
  /** A frame should show something anew. */
  readonly onLook: () => void;
}

export function mountControls(options: ControlsOptions): Controls {
  const { container, editor, window, signal, theme, mount } = options;
  const color = () => overlayColors(theme().dark, theme().forced).accent;
  const exchange = mountExchange(container, {
    editor,
    window,
    storeImage: mount.storeImage,
    resolveImage: mount.resolveImage,
    painters: mount.painters,
    isDark: () => theme().dark,
    signal,
    onTakenIn: mount.onTakenIn,
  });
  const writing = createWriting({
    container,
    editor,
    presence: options.presence,
    now: options.now,
    signal,
    color,
    theme,
    mayBlink: () => !options.reducesMotion(),
    onChange: options.onLook,
  });
  const openLink = (address: string) => void window.open(address, '_blank', 'noopener,noreferrer');
  attachLinkOpening(container, editor, openLink, signal);
  const access = mountAccess({
    container,
    editor,
    presence: options.presence,
    timers: window,
    nameOf: mount.nameOf,
    clock: options.clock,
    color,
  });
  const keyMap = createKeyMap({
    commands: [
      ...access.commands,
      linkCommand(openLink),
      ...writing.commands,
      ...COMMANDS,
      ...exchange.commands,
    ],
    keys: mount.keys,
    storage: storageOf(window),
    onChange: options.onState,
  });
  const pointer = attachPointerInput(container, editor, {
    fingers: mount.fingers ?? 'auto',
    fling: options.fling,
    timers: window,
    signal,
  });
  attachWheelInput(container, editor, signal);
  attachKeyboardInput(
    container,
    { editor, commands: () => keyMap.commands, setPanHeld: pointer.setPanHeld },
    signal,
  );
  return {
    keyMap,
    takeIn: exchange.takeIn,
    show() {
      pointer.showCursor();
      writing.show();
      access.show();
    },
    showOthers: writing.showOthers,
    destroy() {
      pointer.destroy();
      writing.destroy();
      access.destroy();
    },
  };
}
