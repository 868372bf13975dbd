import { type ElementId, mapPoint, writeRegisters } from '@inkwire/core';
import { FAMILIES } from '../paint/font.js';
import type { Theme } from '../paint/theme.js';
import type { Editor } from './editor.js';
import { textMatrix } from './text-place.js';

/** The field for the name of a frame, over the name that is painted. */
export interface TitleField {
  /** Puts it where the name is now, and has it look as that does. */
  place(): void;
  /** Keeps the name, and takes the field away. */
  end(): void;
}

/** As the painted one: page units. */
const FONT_SIZE = 13;
const HEIGHT = 22;
const LONGEST = 1024;

export function createTitleField(
  container: HTMLElement,
  editor: Editor,
  id: ElementId,
  theme: () => Theme,
): TitleField {
  const field = container.ownerDocument.createElement('input');
  const frame = editor.board.get(id);
  let kept = frame?.kind === 'frame' ? frame.title : '';
  field.value = kept;
  field.maxLength = LONGEST;
  field.setAttribute('aria-label', 'Name of the frame');
  field.dir = 'auto';
  Object.assign(field.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    boxSizing: 'border-box',
    height: `${HEIGHT}px`,
    padding: '0',
    margin: '0',
    border: '0',
    outline: 'none',
    font: `${FONT_SIZE}px/${HEIGHT}px ${FAMILIES.sans}`,
    transformOrigin: '0 0',
  });

  function keep(): void {
    const name = field.value.trim();
    if (name === kept || editor.board.get(id) === undefined) return;
    kept = name;
    editor.commit(writeRegisters(editor.board, [{ id, register: 'title', value: name }]));
  }

  function place(): void {
    const element = editor.board.get(id);
    if (element === undefined) {
      editor.setWriting(null);
      return;
    }
    const matrix = textMatrix(element, editor.camera);
    const { ink, paper } = theme();
    const [a, b, c, d] = matrix;
    const [x, y] = mapPoint(matrix, [0, -HEIGHT]);
    field.style.color = ink;
    field.style.backgroundColor = paper;
    field.style.width = `${Math.max(Math.abs(element.size[0]), 120)}px`;
    field.style.transform = `matrix(${[a, b, c, d, x, y].join(', ')})`;
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') field.value = kept;
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'Tab') return;
    event.preventDefault();
    editor.setWriting(null);
  }

  const lifetime = new AbortController();
  const { signal } = lifetime;
  field.addEventListener('keydown', press, { signal });
  field.addEventListener('blur', () => field.ownerDocument.hasFocus() && editor.setWriting(null), { signal });
  // Presses in the field are its own.
  for (const name of ['pointerdown', 'pointermove', 'pointerup', 'dblclick'] as const)
    field.addEventListener(name, (event) => event.stopPropagation(), { signal });
  container.append(field);
  place();
  field.focus({ preventScroll: true });
  field.select();

  return {
    place,
    end() {
      keep();
      const root = field.getRootNode() as Document | ShadowRoot;
      const hadFocus = root.activeElement === field;
      lifetime.abort();
      field.remove();
      if (hadFocus) container.focus({ preventScroll: true });
    },
  };
}
