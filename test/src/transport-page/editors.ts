import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { connectDoc, type DocConnection } from '@inkwire/transport';
import Quill from 'quill';
import QuillCursors from 'quill-cursors';
import { yCollab } from 'y-codemirror.next';
import { QuillBinding } from 'y-quill';
import * as Y from 'yjs';
import { options, person } from './connect-options.js';

/** An editor on a shared document, as a test looks at it from outside of the page. */
interface EditorPage {
  readonly connection: DocConnection;
  readonly errors: string[];
  /** What is in the editor: not in the document behind it. */
  content(): unknown;
}

const { searchParams } = new URL(location.href);
const place = document.querySelector<HTMLElement>('#editor');
if (place === null) throw new Error('The page has no place for an editor.');

const doc = new Y.Doc();
const connection = connectDoc(doc, { ...options, channel: `presence-board-${searchParams.get('board')}` });
const errors: string[] = [];
connection.on('error', ({ code }) => void errors.push(code));

const openCodeMirror = (): (() => string) => {
  const text = doc.getText('codemirror');
  const extensions = [yCollab(text, connection.awareness), EditorView.lineWrapping];
  const state = EditorState.create({ doc: text.toString(), extensions });
  const view = new EditorView({ state, parent: place });
  view.focus();
  return () => view.state.doc.toString();
};

const openQuill = (): (() => unknown) => {
  Quill.register('modules/cursors', QuillCursors);
  const quill = new Quill(place, { modules: { cursors: true } });
  new QuillBinding(doc.getText('quill'), quill, connection.awareness);
  quill.focus();
  return () => quill.getContents().ops;
};

const editorPage: EditorPage = {
  connection,
  errors,
  content: searchParams.get('editor') === 'quill' ? openQuill() : openCodeMirror(),
};
document.title = `${person}'s editor`;

declare global {
  interface Window {
    editorPage: EditorPage;
  }
}
window.editorPage = editorPage;
