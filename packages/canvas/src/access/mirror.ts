import type { Board, Effect, ElementId } from '@inkwire/core';
import { hideFromSight } from './announcer.js';
import { accessibleName, type NamingContext } from './element-name.js';
import type { ReadingOrder } from './reading-order.js';

/**
 * The board in the page's own elements, for those who do not see it: what is selected, and a list of everything for
 * whoever opens it. Nothing of it is made before somebody asks.
 */
export interface Mirror {
  /** What is selected, or may be done, is something else now. Returns how what is selected is called; null for nothing. */
  update(selection: readonly ElementId[], readOnly: boolean): string | null;
  destroy(): void;
}

export interface MirrorOptions {
  /** The board's focusable element. */
  readonly container: HTMLElement;
  readonly board: Board;
  readonly order: ReadingOrder;
  readonly naming: NamingContext;
  /** Selects an element, and shows it. */
  readonly choose: (id: ElementId) => void;
}

/** So many entries are added to the list at a time. */
const PAGE = 100;
let mirrors = 0;

export function createMirror({ container, board, order, naming, choose }: MirrorOptions): Mirror {
  const document = container.ownerDocument;
  mirrors += 1;
  const id = `inkwire-mirror-${mirrors}`;
  const lifetime = new AbortController();
  const root = document.createElement('div');
  root.className = 'inkwire-mirror';
  hideFromSight(root);
  const current = document.createElement('div');
  current.id = `${id}-current`;
  current.setAttribute('role', 'note');
  const open = button(() => (list === null ? show() : hide()));
  open.setAttribute('aria-expanded', 'false');
  root.append(current, open);
  container.append(root);
  let list: HTMLUListElement | null = null;
  let shown = 0;
  let rest: HTMLLIElement | null = null;
  const entries = new Map<ElementId, { readonly item: HTMLLIElement; readonly go: HTMLButtonElement }>();
  let unsubscribe: (() => void) | null = null;
  label();

  function button(press: () => void): HTMLButtonElement {
    const element = document.createElement('button');
    element.type = 'button';
    // Reached by the reading cursor of a screen reader; the Tab key goes on to the tools.
    element.tabIndex = -1;
    element.addEventListener(
      'click',
      (event) => {
        event.stopPropagation();
        press();
      },
      { signal: lifetime.signal },
    );
    return element;
  }

  function label(): void {
    open.textContent = list === null ? 'List what is on the board' : 'Close the list of what is on the board';
    open.setAttribute('aria-expanded', String(list !== null));
  }

  function show(): void {
    list = document.createElement('ul');
    list.setAttribute('aria-label', 'What is on the board, in the order of reading');
    root.append(list);
    shown = 0;
    more();
    label();
    unsubscribe = board.subscribe(follow);
  }

  function hide(): void {
    unsubscribe?.();
    unsubscribe = null;
    list?.remove();
    list = null;
    rest = null;
    entries.clear();
    label();
  }

  function entry(each: ElementId): HTMLLIElement | null {
    const element = board.get(each);
    if (element === undefined) return null;
    const item = document.createElement('li');
    const go = button(() => choose(each));
    go.textContent = accessibleName(element, naming);
    item.append(go);
    entries.set(each, { item, go });
    return item;
  }

  function more(): void {
    const ids = order.all();
    rest?.remove();
    rest = null;
    for (const each of ids.slice(shown, shown + PAGE)) list?.append(entry(each) ?? '');
    shown = Math.min(shown + PAGE, ids.length);
    if (shown >= ids.length) return;
    rest = document.createElement('li');
    const next = button(more);
    next.textContent = `More: ${shown} of ${ids.length} are listed`;
    rest.append(next);
    list?.append(rest);
  }

  /** In place, so that nobody who reads it loses their line; what is new comes last. */
  function follow({ touched }: Effect): void {
    for (const each of touched) {
      const known = entries.get(each);
      const element = board.get(each);
      if (element === undefined) {
        known?.item.remove();
        entries.delete(each);
      } else if (known !== undefined) known.go.textContent = accessibleName(element, naming);
      else if (rest === null) list?.append(entry(each) ?? '');
    }
  }

  return {
    update(selection, readOnly) {
      const [only] = selection;
      const element = only === undefined ? undefined : board.get(only);
      const several = selection.length > 1 ? `${selection.length} elements` : null;
      const name = several ?? (element === undefined ? null : accessibleName(element, naming));
      const text = [readOnly ? 'This board is read only.' : '', name === null ? '' : `Selected: ${name}`];
      current.textContent = text.filter((part) => part !== '').join(' ');
      if (current.textContent === '') container.removeAttribute('aria-describedby');
      else container.setAttribute('aria-describedby', current.id);
      return name;
    },
    destroy() {
      hide();
      lifetime.abort();
      root.remove();
    },
  };
}
