import { type Board, mapPoint, type Participant } from '@inkwire/core';
import { contrast } from '../paint/color.js';
import { textLayoutOf } from '../paint/element-text.js';
import { caretAt } from '../paint/text-caret.js';
import type { Camera } from '../scene/camera.js';
import { createOthersPlaces } from './others-places.js';
import { type CaretLayer, createCaretLayer } from './text-carets.js';
import { writtenOf } from './text-elements.js';
import { textMatrix } from './text-place.js';

/** Where others write: their carets and what they have selected of texts, in their colours and with their names. */
export interface OthersCarets {
  show(others: readonly Participant[], camera: Camera): void;
  destroy(): void;
}

interface Shown {
  readonly carets: CaretLayer;
  readonly name: HTMLElement;
}

const FALLBACK_COLOR = '#5b6474';

export function createOthersCarets(container: HTMLElement, board: Board): OthersCarets {
  const shown = new Map<string, Shown>();
  const places = createOthersPlaces(board);

  function create(session: string): Shown {
    const name = container.ownerDocument.createElement('span');
    name.setAttribute('aria-hidden', 'true');
    name.className = 'inkwire-writer';
    Object.assign(name.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      padding: '1px 6px 2px',
      borderRadius: '4px 8px 8px 0',
      font: '500 11px/1.3 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
      whiteSpace: 'nowrap',
      maxWidth: '12em',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      pointerEvents: 'none',
    });
    const each = { carets: createCaretLayer(container, () => false), name };
    shown.set(session, each);
    return each;
  }

  function drop(session: string): void {
    const each = shown.get(session);
    each?.carets.destroy();
    each?.name.remove();
    shown.delete(session);
    places.forget(session);
  }

  return {
    show(others, camera) {
      const present = new Set<string>();
      for (const { session, user, writing } of others) {
        const element = writing === null ? null : writtenOf(board.get(writing.element), board.recall);
        if (writing === null || element === null) continue;
        present.add(session);
        const { carets, name } = shown.get(session) ?? create(session);
        const layout = textLayoutOf(element);
        // They may have more of the text, or less of it, than is here.
        const place = places.of({ session, user }, writing);
        const [anchor, caret] = [place.anchor, place.caret].map((index) =>
          Math.min(index, layout.text.length),
        ) as [number, number];
        const matrix = textMatrix(element, camera);
        const color = /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : FALLBACK_COLOR;
        carets.show({ layout, matrix, anchor, caret, color });
        const { x, top } = caretAt(layout, caret);
        const [left, upper] = mapPoint(matrix, [x, top]);
        if (name.textContent !== user.name) name.textContent = user.name;
        name.style.backgroundColor = color;
        name.style.color = contrast(color, '#ffffff') >= 3 ? '#ffffff' : '#1c1d21';
        name.style.transform = `translate(${left.toFixed(2)}px, ${upper.toFixed(2)}px) translateY(-100%)`;
        if (name.parentElement === null) container.append(name);
      }
      for (const session of shown.keys()) if (!present.has(session)) drop(session);
    },
    destroy() {
      for (const session of [...shown.keys()]) drop(session);
      places.destroy();
    },
  };
}
