import type { Point } from '@inkwire/core';
import type { Command } from '../editor/command.js';
import type { Editor } from '../editor/editor.js';
import type { PointerSample } from '../editor/tool.js';
import { toPage, toViewport } from '../scene/camera.js';

/** A pointer that keys move, for tools that make something: pressed, moved and lifted like any other. */
export interface KeyboardPointer {
  readonly commands: readonly Command[];
  /** Shows where it is. */
  show(): void;
  destroy(): void;
}

export interface KeyboardPointerOptions {
  readonly container: HTMLElement;
  readonly editor: Editor;
  readonly say: (text: string) => void;
  readonly color: () => string;
}

/** CSS pixels of one press of an arrow key. */
const STEP = 10;
const LARGE_STEP = 50;
const SMALL_STEP = 1;
/** So many samples make one step: a pen leaves a line, and not a row of corners. */
const SAMPLES = 4;
const SIZE = 21;

const DIRECTIONS: readonly (readonly [name: string, x: number, y: number])[] = [
  ['Left', -1, 0],
  ['Right', 1, 0],
  ['Up', 0, -1],
  ['Down', 0, 1],
];
const DISTANCES: readonly (readonly [keys: string, step: number, label: string])[] = [
  ['', STEP, ''],
  ['Shift+', LARGE_STEP, ' far'],
  ['Alt+', SMALL_STEP, ' a little'],
];
const KEYS = { shift: false, alt: false, mod: false };

export function createKeyboardPointer({
  container,
  editor,
  say,
  color,
}: KeyboardPointerOptions): KeyboardPointer {
  /** Where it is pressed, page units; null while it is not. */
  let at: Point | null = null;
  let moved = false;
  const mark = container.ownerDocument.createElement('div');
  mark.setAttribute('aria-hidden', 'true');
  mark.className = 'inkwire-keyboard-pointer';
  Object.assign(mark.style, {
    position: 'absolute',
    left: `${-SIZE / 2}px`,
    top: `${-SIZE / 2}px`,
    width: `${SIZE}px`,
    height: `${SIZE}px`,
    boxSizing: 'border-box',
    borderRadius: '50%',
    pointerEvents: 'none',
  });

  const sample = (point: Point): PointerSample => ({
    point,
    pressure: undefined,
    device: 'mouse',
    keys: KEYS,
  });
  const isPressed = (): boolean => at !== null && editor.busy;
  const canPress = (): boolean => editor.tool.begin !== null && editor.tool.harmless !== true && !editor.busy;

  function press(): void {
    const { width, height } = editor.size();
    const middle = toPage(editor.camera, [width / 2, height / 2]);
    if (!editor.begin(sample(middle))) return;
    at = middle;
    moved = false;
    say('Pressed in the middle of the screen. Arrow keys move, Enter lifts, Escape gives up.');
    show();
  }

  function move(x: number, y: number): void {
    if (at === null) return;
    const from = at;
    const { zoom } = editor.camera;
    const points = Array.from({ length: SAMPLES }, (_, i): Point => {
      const part = (i + 1) / SAMPLES / zoom;
      return [from[0] + x * part, from[1] + y * part];
    });
    at = points.at(-1) ?? from;
    moved = true;
    editor.move({ samples: points.map(sample), predicted: [] });
    show();
  }

  function lift(): void {
    at = null;
    const before = editor.board.size;
    editor.finish();
    say(editor.board.size > before ? 'Done.' : 'Nothing was made.');
    show();
  }

  /** A hand that draws goes before keys that hold the tool: what they made stays, a press alone was hardly meant. */
  function giveWay({ button }: PointerEvent): void {
    if (button !== 0 || !isPressed()) return;
    if (moved) lift();
    else editor.abandon();
  }

  function show(): void {
    if (!isPressed()) at = null;
    if (at === null) {
      mark.remove();
      return;
    }
    const [x, y] = toViewport(editor.camera, at);
    mark.style.transform = `translate(${x}px, ${y}px)`;
    mark.style.border = `1.5px solid ${color()}`;
    if (mark.parentElement === null) container.append(mark);
  }

  // On its way down: what takes the pointer in hand listens further in.
  container.addEventListener('pointerdown', giveWay, true);

  const command = (
    name: string,
    label: string,
    keys: readonly string[],
    each: Pick<Command, 'run' | 'enabled'>,
  ): Command => ({
    name,
    label,
    group: 'tools',
    keys,
    changes: true,
    ...each,
  });

  return {
    commands: [
      command('pointer.lift', 'Lift the tool that the keyboard holds', ['Enter'], {
        run: lift,
        enabled: isPressed,
      }),
      command('pointer.press', 'Use the tool in hand from the middle of the screen', ['Enter'], {
        run: press,
        enabled: canPress,
      }),
      ...DIRECTIONS.flatMap(([name, x, y]) =>
        DISTANCES.map(([keys, step, label]) =>
          command(
            `pointer.${name.toLowerCase()}${label.replaceAll(' ', '.')}`,
            `Move the tool that the keyboard holds${label} ${name.toLowerCase()}`,
            [`${keys}Arrow${name}`],
            { run: () => move(x * step, y * step), enabled: isPressed },
          ),
        ),
      ),
    ],
    show,
    destroy() {
      container.removeEventListener('pointerdown', giveWay, true);
      mark.remove();
    },
  };
}
