import type { ElementId } from '@inkwire/core';
import type { Editor } from './editor.js';

/** A letter starts writing in the one empty text or note that is selected. Where words are, letters are commands. */
export function startsWriting(event: KeyboardEvent, editor: Editor): boolean {
  const { ids } = editor.selection;
  const element = ids.length === 1 ? editor.board.get(ids[0] as ElementId) : undefined;
  if ((element?.kind !== 'text' && element?.kind !== 'sticky') || element.text.length > 0) return false;
  if (event.ctrlKey || event.metaKey || event.altKey || editor.busy) return false;
  // The space bar moves the page.
  const types = (event.key.length === 1 && event.key !== ' ') || event.key === 'Process' || event.isComposing;
  return types && !editor.readOnly;
}
