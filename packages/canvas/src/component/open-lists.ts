import type { MenuRequest } from '../editor/menu.js';
import type { Popovers } from './popover.js';

/** What lies over the bars and the board for a moment: a list of a bar, or the menu; one at most. */
export interface OpenLists extends Popovers {
  readonly menu: MenuRequest | null;
  showMenu(request: MenuRequest): void;
  /**
   * Closes what is open.
   *
   * @param focus what gets the focus that the menu had.
   */
  closeAll(focus?: HTMLElement): void;
  /** For a listener that hears of keys before the board does. */
  onKey(event: KeyboardEvent): void;
}

export interface OpenListsHost {
  /** What has the focus in the component. */
  focused(): HTMLElement | null;
  /** The board, which can always have the focus. */
  board(): HTMLElement | null;
  requestUpdate(): void;
}

export function createOpenLists(host: OpenListsHost): OpenLists {
  let open: string | null = null;
  let menu: MenuRequest | null = null;
  let beforeMenu: HTMLElement | null = null;

  function setOpen(name: string | null): void {
    if (name === open) return;
    // The focus goes back to where the list was opened.
    const list = host.focused()?.closest('.popover');
    list?.parentElement?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus();
    open = name;
    host.requestUpdate();
  }

  function closeAll(focus?: HTMLElement): void {
    setOpen(null);
    if (menu === null) return;
    menu = null;
    host.requestUpdate();
    focus?.focus({ preventScroll: true });
  }

  return {
    get open() {
      return open;
    },
    get menu() {
      return menu;
    },
    toggle: (name) => setOpen(open === name ? null : name),
    close: () => setOpen(null),
    showMenu(request) {
      if (menu === null) beforeMenu = host.focused();
      setOpen(null);
      menu = request;
      host.requestUpdate();
    },
    closeAll,
    onKey(event) {
      if (event.key !== 'Escape' || event.isComposing || (open === null && menu === null)) return;
      closeAll((beforeMenu?.isConnected ? beforeMenu : host.board()) ?? undefined);
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
