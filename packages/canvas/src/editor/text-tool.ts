import { LINE_HEIGHT } from '../paint/text-layout.js';
import { boxTool } from './box-tool.js';
import { isLocked } from './locked.js';
import { elementsAt } from './pick.js';
import type { Gesture, Tool } from './tool.js';

const FONT_SIZE = 20;
/** A new text is a caret wide until something is in it. Page units. */
const CARET = 1;

/** A click begins a text that grows with its words, a pulled box one whose lines break at its width. */
const newText = boxTool({
  name: 'text',
  style: { color: 'ink', font: 'hand', fontSize: FONT_SIZE, align: 'start', opacity: 1 },
  size: [CARET, FONT_SIZE * LINE_HEIGHT],
  written: true,
  make(style, { position, size, parent }) {
    const { fontSize = FONT_SIZE } = style;
    const isClick = size[0] === CARET;
    const width = isClick ? CARET : Math.max(size[0], fontSize);
    return {
      kind: 'text',
      ...style,
      position,
      size: [width, fontSize * LINE_HEIGHT],
      parent,
      fit: isClick ? 'content' : 'width',
    };
  },
});

/** Writes: in the text under the pointer, else in a new one. */
export const text: Tool = {
  ...newText,
  cursor: 'text',
  begin(context, sample) {
    const [top] = elementsAt(context, sample);
    if (top?.kind === 'text' && !isLocked(context.board, top.id)) {
      const open: Gesture = {
        move() {},
        finish() {
          context.selection.set([top.id]);
          context.write(top.id);
          return null;
        },
      };
      return open;
    }
    return newText.begin?.(context, sample) ?? { move() {}, finish: () => null };
  },
};
