import { FAMILIES } from '../paint/font.js';
import type { Theme } from '../paint/theme.js';
import { readAddress } from './link-address.js';
import { wordAround } from './text-navigation.js';
import type { TextSession } from './text-session.js';

/** The field for the address of a link, beside the words that lead there. */
export interface LinkField {
  readonly element: HTMLElement;
  /** Puts it below the words, or above where they are low on the board: viewport, CSS pixels. It looks as the theme says now. */
  place(x: number, top: number, bottom: number): void;
  focus(): void;
  destroy(): void;
}

export interface LinkFieldOptions {
  readonly container: HTMLElement;
  readonly session: TextSession;
  readonly theme: () => Theme;
  /** The colour of its edge. */
  readonly color: () => string;
  /** The person is done: the words have the keyboard again. */
  readonly onEnd: () => void;
}

const WIDTH = 280;
/** CSS pixels between the field and the edges of the board, and the words. */
const MARGIN = 8;
const GAP = 6;
const WRONG = 'This leads nowhere: a link begins with https://, http:// or mailto:.';
const HINT = 'Enter keeps it; leave it empty for no link.';

/**
 * Asks where what is selected leads: where nothing is, the link or the word that the caret is in. Where there is no word, the
 * address itself is written.
 */
export function createLinkField({ container, session, theme, color, onEnd }: LinkFieldOptions): LinkField {
  const document = container.ownerDocument;
  selectWhatLeads(session);
  const panel = document.createElement('div');
  const field = document.createElement('input');
  const hint = document.createElement('div');

  panel.setAttribute('role', 'group');
  panel.setAttribute('aria-label', 'Link');
  field.type = 'url';
  field.value = session.linkAddress ?? '';
  field.placeholder = 'https://';
  field.setAttribute('aria-label', 'Address of the link');
  field.setAttribute('aria-description', HINT);
  hint.setAttribute('role', 'status');
  hint.textContent = HINT;
  Object.assign(panel.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    boxSizing: 'border-box',
    width: `min(${WIDTH}px, calc(100% - ${2 * MARGIN}px))`,
    padding: '8px 10px',
    borderRadius: '10px',
    border: '1px solid',
    boxShadow: '0 4px 18px rgb(20 22 30 / 0.22)',
    font: `13px/1.4 ${FAMILIES.sans}`,
    cursor: 'default',
  });
  Object.assign(field.style, {
    boxSizing: 'border-box',
    width: '100%',
    padding: '2px 0',
    border: '0',
    outline: 'none',
    color: 'inherit',
    background: 'none',
    font: 'inherit',
    // Phones zoom in on smaller letters.
    fontSize: '16px',
  });
  Object.assign(hint.style, { marginTop: '4px', fontSize: '12px', opacity: '0.8' });

  function keep(): void {
    const typed = field.value.trim();
    const address = readAddress(typed);
    if (typed !== '' && address === null) {
      field.setAttribute('aria-invalid', 'true');
      hint.textContent = WRONG;
      return;
    }
    const { anchor, caret } = session.selection;
    if (anchor !== caret) session.link(address);
    else if (address !== null) session.insert([{ insert: typed, attributes: { link: address } }]);
    onEnd();
  }

  const lifetime = new AbortController();
  const { signal } = lifetime;
  field.addEventListener(
    'keydown',
    (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === 'Enter') keep();
      else if (event.key === 'Escape' || event.key === 'Tab') onEnd();
      else return;
      event.preventDefault();
    },
    { signal },
  );
  field.addEventListener(
    'input',
    () => {
      field.removeAttribute('aria-invalid');
      hint.textContent = HINT;
    },
    { signal },
  );
  field.addEventListener('blur', () => document.hasFocus() && onEnd(), { signal });
  // What is done in the panel is not done to the board, and the field keeps the keyboard.
  for (const name of [
    'pointerdown',
    'pointermove',
    'pointerup',
    'dblclick',
    'wheel',
    'copy',
    'cut',
    'paste',
  ] as const)
    panel.addEventListener(name, (event) => event.stopPropagation(), { signal });
  panel.addEventListener('mousedown', (event) => event.target !== field && event.preventDefault(), {
    signal,
  });
  panel.append(field, hint);
  container.append(panel);

  return {
    element: panel,
    place(x, above, below) {
      const { paper, ink, dark } = theme();
      panel.style.borderColor = color();
      panel.style.color = ink;
      panel.style.backgroundColor = paper;
      panel.style.colorScheme = dark ? 'dark' : 'light';
      const { clientWidth, clientHeight } = container;
      const within = (at: number, size: number, all: number) =>
        Math.max(Math.min(at, all - size - MARGIN), MARGIN);
      const left = within(x, panel.offsetWidth, clientWidth);
      const { offsetHeight } = panel;
      const y = (above + below) / 2 > clientHeight / 2 ? above - GAP - offsetHeight : below + GAP;
      const top = within(y, offsetHeight, clientHeight);
      panel.style.transform = `translate(${left}px, ${top}px)`;
    },
    focus() {
      field.focus({ preventScroll: true });
      field.select();
    },
    destroy() {
      lifetime.abort();
      panel.remove();
    },
  };
}

function selectWhatLeads(session: TextSession): void {
  const { anchor, caret } = session.selection;
  if (anchor !== caret) return;
  const [start, end] = session.linkAround ?? wordAround(session.text, caret);
  if (session.text.slice(start, end).trim() !== '') session.select(start, end);
}
