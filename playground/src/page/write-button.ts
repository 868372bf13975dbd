import type { BoardView } from '@inkwire/canvas';
import { type TimedStroke, writePage } from '../handwriting/handwriting.js';
import { movePen } from './pen.js';

export interface WriteButtonOptions {
  /** Whose pen it is. */
  readonly name: string;
  /** Takes the pen in hand, makes room for a page, and says where. */
  readonly prepare: () => Sheet;
  /** What the pen writes on. */
  readonly view: BoardView;
}

/** CSS pixels from the view's top left corner. */
export interface Sheet {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lets a button write a page by hand, another one each time, and stop it while it writes. */
export function attachWriteButton(
  button: HTMLButtonElement,
  { name, prepare, view }: WriteButtonOptions,
): void {
  let writing: AbortController | null = null;
  let seed = crypto.getRandomValues(new Uint32Array(1))[0]!;

  const show = () => {
    button.disabled = view.readOnly;
    button.dataset.writing = String(writing !== null);
    button.querySelector('span')!.textContent = writing ? 'Stop' : 'Write a page';
    button.querySelector('use')!.setAttribute('href', writing ? '#stop' : '#pen');
    button.title = writing ? `Stop ${name}'s pen` : `Let ${name} write a page by hand`;
  };
  const write = async () => {
    writing = new AbortController();
    show();
    const { x, y, width, height } = prepare();
    const ink: TimedStroke[] = writePage({ seed: seed++, width, height });
    const pointerType = matchMedia('(any-pointer: coarse)').matches ? 'mouse' : 'pen';
    await movePen(view.element, ink, { pointerType, origin: [x, y], signal: writing.signal });
    writing = null;
    show();
  };

  button.addEventListener('click', () => {
    if (writing) writing.abort();
    else void write();
  });
  view.subscribe(show);
  show();
}
