import { type Element, type ElementId, type Point, plainText } from '@inkwire/core';
import { textLayoutOf } from '../paint/element-text.js';
import { formatSpans } from '../paint/text-format.js';
import type { TextLayout } from '../paint/text-layout.js';
import { toPage } from '../scene/camera.js';
import type { Command } from './command.js';
import type { Editor } from './editor.js';
import { safeAddress } from './link-address.js';
import { elementsAt } from './pick.js';
import { writtenOf } from './text-elements.js';
import { layoutPoint, textMatrix } from './text-place.js';

/** A press that moves further than this (CSS pixels) opens nothing. */
const SLIP = 4;
const PRIMARY = 0;

/** Opens links in windows of their own: with Control, or Command on a Mac, and a click. */
export function attachLinkOpening(
  container: HTMLElement,
  editor: Editor,
  open: (address: string) => void,
  signal: AbortSignal,
): void {
  let pressed: { readonly address: string; readonly at: Point } | null = null;

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = container.getBoundingClientRect();
    return [event.clientX - left - container.clientLeft, event.clientY - top - container.clientTop];
  };
  const isMeant = (event: MouseEvent) => event.button === PRIMARY && (event.ctrlKey || event.metaKey);

  container.addEventListener(
    'pointerdown',
    (event) => {
      const at = pointOf(event);
      const address = isMeant(event) && !editor.busy ? linkUnder(editor, at) : null;
      pressed = address === null ? null : { address, at };
    },
    { signal, capture: true },
  );
  container.addEventListener(
    'click',
    (event) => {
      if (pressed === null || !isMeant(event)) return;
      const [x, y] = pointOf(event);
      const { address, at } = pressed;
      pressed = null;
      if (Math.hypot(x - at[0], y - at[1]) <= SLIP) open(address);
    },
    { signal, capture: true },
  );
}

/** The address of the words at a point of the viewport (CSS pixels), if they lead somewhere safe. */
function linkUnder(editor: Editor, at: Point): string | null {
  const { board, camera } = editor;
  const context = { board, query: board.query, find: board.recall, zoom: camera.zoom };
  const keys = { shift: false, alt: false, mod: true };
  const [top] = elementsAt(context, {
    point: toPage(camera, at),
    pressure: undefined,
    device: 'mouse',
    keys,
  });
  const written = writtenOf(top, board.recall);
  if (written === null) return null;
  const link = linkAt(textLayoutOf(written), layoutPoint(textMatrix(written, camera), at));
  return link === null ? null : safeAddress(link);
}

function linkAt({ lines, lineHeight }: TextLayout, [x, y]: Point): string | null {
  const line = lines.find(({ top }) => y >= top && y < top + lineHeight);
  const piece = line?.pieces.find((each) => x >= each.x && x <= each.x + each.width);
  return piece?.format.link ?? null;
}

/** The first link in what an element says that leads somewhere safe. */
function linkOf(element: Element | undefined): string | null {
  if (element === undefined || !('text' in element) || plainText(element.text) === '') return null;
  for (const { format } of formatSpans(element.text)) {
    const address = format.link === null ? null : safeAddress(format.link);
    if (address !== null) return address;
  }
  return null;
}

/** Opens the link of the one element that is selected. */
export function linkCommand(open: (address: string) => void): Command {
  const address = ({ board, selection: { ids } }: Editor) =>
    ids.length === 1 ? linkOf(board.get(ids[0] as ElementId)) : null;
  return {
    name: 'link.open',
    label: 'Open the link',
    group: 'edit',
    keys: ['Alt+Enter'],
    changes: false,
    enabled: (editor) => address(editor) !== null,
    run(editor) {
      const link = address(editor);
      if (link !== null) open(link);
    },
  };
}
