import { type ElementId, type Point, removeElements } from '@inkwire/core';
import type { Editor } from '../editor/editor.js';
import { unlocked } from '../editor/locked.js';
import { toPage } from '../scene/camera.js';
import { CLIP_TYPE, clipOf, clipToHtml } from './clip.js';
import { textOfElements } from './clip-text.js';
import { ExchangeError } from './exchange-error.js';
import { gather } from './gather.js';
import type { Offer } from './offer.js';
import type { StoreImage } from './prepare-picture.js';
import { putOnBoard } from './put-on-board.js';
import type { Remark } from './remarks.js';
import { sentencesOf, summaryOf } from './report.js';

/** What came of taking something in. */
export interface TakenIn {
  /** What was put on the board, and is selected now. */
  readonly ids: readonly ElementId[];
  /** What could not be taken over as it was. */
  readonly remarks: readonly Remark[];
  /** What failed while the rest came in; alone where nothing did. */
  readonly errors: readonly ExchangeError[];
}

export interface TakeInOptions {
  /** `text`: only what it says. `original`: elements of a board go where they were. */
  readonly as?: 'all' | 'text' | 'original';
  /** CSS pixels in the viewport. Default: where the pointer is, else the middle. */
  readonly at?: Point | undefined;
}

/** What goes from the board to other programs, and comes from them. */
export interface Exchange {
  /** Fills a transfer with what is selected; false where nothing is. */
  copy(transfer: DataTransfer): boolean;
  /** Copies, and removes what may be removed. */
  cut(transfer: DataTransfer): boolean;
  /** What is selected as the clipboard takes it, by media type; null where nothing is. */
  contents(): { readonly clip: string; readonly html: string; readonly text: string } | null;
  removeSelected(): void;
  /** Never rejects: what fails is said, and is among the `errors`. */
  takeIn(offer: Offer, options?: TakeInOptions): Promise<TakenIn>;
  /** What was taken in last of which not all is as it was; null for nothing. */
  readonly reported: TakenIn | null;
  /** How to find where the pointer is, CSS pixels in the viewport; null: not over the board. */
  setPointer(find: (() => Point) | null): void;
}

export interface ExchangeOptions {
  readonly editor: Editor;
  readonly window: Window & typeof globalThis;
  readonly storeImage?: StoreImage | undefined;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
  readonly onTakenIn?: ((taken: TakenIn) => void) | undefined;
  /** Shows what came of it, one by one; false where there is no place for that. */
  readonly report: (taken: TakenIn) => boolean;
}

/** After so many ms of work the page may breathe. */
const BREATH = 12;
/** A picture takes up so much of the viewport at most. */
const LARGEST_PART = 0.8;
/** Page units between something and what was pasted over it before. */
const CASCADE = 16;

export function createExchange({
  editor,
  window,
  storeImage,
  signal,
  onTakenIn,
  report,
}: ExchangeOptions): Exchange {
  let pointer: (() => Point) | null = null;
  /** Where something was put last, and how often. */
  let last: { readonly at: string; readonly times: number } = { at: '', times: 0 };
  let reported: TakenIn | null = null;

  function contents() {
    const { ids } = editor.selection;
    if (ids.length === 0) return null;
    const clip = clipOf(editor.board, ids);
    const text = textOfElements(editor.board, ids);
    return { clip, text, html: clipToHtml(clip, text) };
  }

  function copy(transfer: DataTransfer): boolean {
    const all = contents();
    if (all === null) return false;
    transfer.setData(CLIP_TYPE, all.clip);
    transfer.setData('text/html', all.html);
    transfer.setData('text/plain', all.text);
    return true;
  }

  function removeSelected(): void {
    const removable = unlocked(editor.board, editor.selection.ids);
    if (removable.length < editor.selection.ids.length) editor.notices.show('What is locked stays.');
    editor.commit(removeElements(editor.board, removable));
  }

  function destination(at: Point | undefined): Point {
    const { width, height } = editor.size();
    const [x, y] = toPage(editor.camera, at ?? pointer?.() ?? [width / 2, height / 2]);
    const key = `${x} ${y}`;
    last = { at: key, times: last.at === key ? last.times + 1 : 0 };
    return [x + last.times * CASCADE, y + last.times * CASCADE];
  }

  async function work(offer: Offer, { as = 'all', at }: TakeInOptions): Promise<TakenIn> {
    const refuseReadOnly = () => {
      if (editor.readOnly) throw new ExchangeError('refused', 'This board is read only.');
    };
    refuseReadOnly();
    const { width, height } = editor.size();
    let rested = window.performance.now();
    const gathered = await gather(offer, {
      window,
      storeImage,
      asText: as === 'text',
      largest: [(width * LARGEST_PART) / editor.camera.zoom, (height * LARGEST_PART) / editor.camera.zoom],
      async progress(part) {
        if (window.performance.now() - rested < BREATH) return;
        editor.notices.show(`Reading: ${Math.round(part * 100)} %`);
        await new Promise((resolve) => window.setTimeout(resolve));
        signal.throwIfAborted();
        rested = window.performance.now();
      },
    });
    signal.throwIfAborted();
    refuseReadOnly();
    if (gathered.stored.length + gathered.elements.length === 0)
      throw new ExchangeError('unsupported', 'There is nothing here that a board can hold.');
    const original = as === 'original' && gathered.stored.length > 0;
    const ids = putOnBoard(editor.board, gathered, original ? 'original' : { around: destination(at) });
    if (editor.tools.has('select')) editor.setTool('select');
    editor.selection.set(ids);
    return { ids, remarks: gathered.remarks, errors: gathered.errors };
  }

  function say(taken: TakenIn): void {
    const sentences = sentencesOf(taken);
    const all = () => editor.notices.show(sentences.join(' '));
    if (sentences.length === 0) editor.notices.dismiss();
    else if (taken.ids.length === 0) all();
    else {
      reported = taken;
      const run = () => {
        if (!report(taken)) all();
      };
      editor.notices.show(summaryOf(taken), { label: 'What changed', run });
    }
  }

  return {
    contents,
    copy,
    cut(transfer) {
      if (editor.readOnly || !copy(transfer)) return false;
      removeSelected();
      return true;
    },
    removeSelected,
    async takeIn(offer, options = {}) {
      let taken: TakenIn;
      try {
        taken = await work(offer, options);
      } catch (cause) {
        if (signal.aborted) return { ids: [], remarks: [], errors: [] };
        const error =
          cause instanceof ExchangeError
            ? cause
            : new ExchangeError('format', `This could not be read: ${(cause as Error).message}`);
        taken = { ids: [], remarks: [], errors: [error] };
      }
      say(taken);
      onTakenIn?.(taken);
      return taken;
    },
    get reported() {
      return reported;
    },
    setPointer(find) {
      pointer = find;
    },
  };
}
