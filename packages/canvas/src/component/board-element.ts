import type { Board } from '@inkwire/core';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { SHORTCUTS_EVENT } from '../access/access-commands.js';
import type { BoardView } from '../board-view.js';
import { MENU_EVENT, type MenuRequest } from '../editor/menu.js';
import { DEFAULT_TOOL, TOOLS } from '../editor/tools.js';
import type { TakenIn } from '../exchange/exchange.js';
import { REPORT_EVENT } from '../exchange/report.js';
import { mountBoard } from '../mount-board.js';
import type { ThemeName } from '../paint/theme.js';
import { buttonStyle, panelStyle } from './component-style.js';
import type { ConnectionPort } from './connection-port.js';
import { menuStyle, placeMenu, renderMenu } from './context-menu.js';
import { callingCurrent, type ElementOptions, sameOptions } from './element-options.js';
import { frameStyle } from './frame-style.js';
import { BARS, freeArea } from './free-area.js';
import type { ImportReport } from './import-report.js';
import { noticeStyle, renderNotice } from './notice-bar.js';
import { createOpenLists } from './open-lists.js';
import { participantsStyle, renderParticipants } from './participants.js';
import { type Person, peopleOf, samePeople } from './people.js';
import { popoverStyle } from './popover.js';
import { leaveHidden, moveRovingFocus, updateRovingFocus } from './roving-focus.js';
import type { ShortcutList } from './shortcut-list.js';
import { renderStatus, statusStyle } from './status-line.js';
import { statusText } from './status-text.js';
import { renderStyleBar, styleBarStyle } from './style-bar.js';
import { renderToolbar, toolbarStyle } from './toolbar.js';
import { renderWayBack, wayBackStyle } from './way-back.js';
import { renderZoom, zoomStyle } from './zoom-control.js';

/** What is shown, and what the app asked for then. */
interface Shown {
  readonly board: Board;
  readonly options: ElementOptions;
}

/** Where a person was on a board, and what they had in hand. */
interface LeftView extends Shown, Pick<BoardView, 'camera' | 'keepsTool' | 'style' | 'selection'> {
  readonly held: string;
}

const DEFAULT_LABEL = 'Whiteboard';

/**
 * `<inkwire-board>`: a board with its tools, the people on it and how it stands with their work.
 *
 * Set `board`, and `connection` if there is one, as properties. The element fills the box that the page gives it, so
 * it needs a height.
 */
export class InkwireBoard extends LitElement {
  static override properties = {
    board: { attribute: false },
    connection: { attribute: false },
    theme: { type: String, reflect: true },
    label: { type: String },
    readOnly: { type: Boolean, attribute: 'read-only' },
    options: { attribute: false },
  };

  static override styles = [
    panelStyle,
    buttonStyle,
    toolbarStyle,
    styleBarStyle,
    popoverStyle,
    menuStyle,
    noticeStyle,
    wayBackStyle,
    zoomStyle,
    participantsStyle,
    statusStyle,
    frameStyle,
  ];

  declare board: Board | null;
  declare connection: ConnectionPort | null;
  /** `system` (as the device, default), `light` or `dark`. */
  declare theme: ThemeName;
  /** What screen readers call the board. */
  declare label: string;
  /** Whether it can be looked at only, whatever the connection says. */
  declare readOnly: boolean;
  /** What else the view is mounted with: how pictures are stored, keys, the app's own tools. */
  declare options: ElementOptions;

  readonly #surface: HTMLElement;
  #view: BoardView | null = null;
  #stop: (() => void)[] = [];
  #people: readonly Person[] = [];
  #shown: Shown | null = null;
  /** As it was when a view was last taken down. */
  #left: LeftView | null = null;
  readonly #lists = createOpenLists({
    focused: () => (this.shadowRoot?.activeElement ?? null) as HTMLElement | null,
    board: () => this.#view?.element ?? null,
    requestUpdate: () => this.requestUpdate(),
  });
  /** What is open goes first, whichever way it was opened: the board hears of the next Escape only. */
  readonly #onAnyKey = { capture: true, handleEvent: this.#lists.onKey };

  readonly #room = new ResizeObserver(() => {
    for (const bar of this.#bars()) leaveHidden(bar);
  });

  constructor() {
    super();
    this.#surface = this.ownerDocument.createElement('div');
    this.#surface.className = 'surface';
    this.#surface.addEventListener(MENU_EVENT, (event) => {
      event.preventDefault();
      this.#lists.showMenu((event as CustomEvent<MenuRequest>).detail);
    });
    this.#surface.addEventListener(SHORTCUTS_EVENT, () => {
      this.#lists.closeAll();
      this.renderRoot.querySelector<ShortcutList>('inkwire-shortcuts')?.open();
    });
    this.#surface.addEventListener(REPORT_EVENT, (event) => {
      event.preventDefault();
      this.#lists.closeAll();
      this.renderRoot
        .querySelector<ImportReport>('inkwire-import-report')
        ?.open((event as CustomEvent<TakenIn>).detail);
    });
    // A press on the board is meant for the board.
    this.#surface.addEventListener('pointerdown', () => this.#lists.closeAll());
    this.board = null;
    this.connection = null;
    this.theme = 'system';
    this.label = DEFAULT_LABEL;
    this.readOnly = false;
    this.options = {};
  }

  /** The view inside, for camera and tools; null while there is no board, or the element is not in a page. */
  get view(): BoardView | null {
    return this.#view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#room.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#room.disconnect();
    this.#unmount();
  }

  override focus(): void {
    this.#view?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Frameworks say undefined, and an attribute that was removed null.
    this.board ??= null;
    this.connection ??= null;
    this.options ??= {};
    this.label ??= DEFAULT_LABEL;
    this.theme ??= 'system';
    if (changed.has('board') || changed.has('connection') || this.#view === null) this.#mount();
    // What somebody has under way goes on; this is heard of again when it ends.
    else if (!this.#view.busy) this.#followOptions(this.#view);
    this.#view?.element.setAttribute('aria-label', this.label);
    this.#view?.setReadOnly(this.#mayOnlyLook());
    if (changed.has('theme')) this.#view?.setTheme(this.theme);
  }

  protected override updated(): void {
    // The bar that it belonged to is gone: it does not come back by itself.
    if (this.renderRoot.querySelector('.popover') === null) this.#lists.close();
    for (const bar of this.#bars()) updateRovingFocus(bar);
    const menu = this.renderRoot.querySelector<HTMLElement>('.menu');
    if (menu !== null && !menu.contains(this.shadowRoot?.activeElement ?? null)) placeMenu(menu);
  }

  protected override render() {
    const view = this.#view;
    return html`
      <div class="frame ${view?.theme.dark ? 'dark' : ''}" @keydown=${this.#onAnyKey}>
        ${this.#surface}
        <div class="over" @mousedown=${this.#keepFocus} @keydown=${this.#onKey}>
          <div class="top">
            <div>${this.connection === null ? nothing : renderStatus(statusText(this.connection.status))}</div>
            ${view === null ? nothing : renderParticipants(this.#people, view)}
          </div>
          ${view === null ? nothing : this.#renderTools(view)}
          ${
            view === null || this.#lists.menu === null
              ? nothing
              : renderMenu(view, this.#lists.menu, () => this.#lists.closeAll(view.element))
          }
        </div>
        <inkwire-shortcuts .view=${view}></inkwire-shortcuts>
        <inkwire-import-report .view=${view}></inkwire-import-report>
      </div>
    `;
  }

  #renderTools(view: BoardView) {
    const { board } = this;
    if (board === null) return nothing;
    const history = {
      canUndo: board.canUndo,
      canRedo: board.canRedo,
      undo: () => board.undo(),
      redo: () => board.redo(),
    };
    return html`
      <div class="bottom">
        ${
          view.readOnly
            ? nothing
            : html`
              ${renderToolbar(view, history, this.#lists)}
              ${renderStyleBar(view, this.#lists, (anchor) => this.#showMenuAt(anchor))}`
        }
        ${renderWayBack(view)}
        ${renderNotice(view)}
      </div>
      <div class="corner">${renderZoom(view)}</div>
    `;
  }

  #followOptions(view: BoardView): void {
    const shown = this.#shown;
    const { options } = this;
    if (shown === null || shown.options === options) return;
    if (!sameOptions(shown.options, options)) {
      this.#mount();
      return;
    }
    this.#shown = { ...shown, options };
    if (shown.options.tool !== options.tool) view.setTool(options.tool ?? DEFAULT_TOOL);
  }

  #mount(): void {
    const focused = this.#view?.element.contains(this.shadowRoot?.activeElement ?? null) === true;
    this.#unmount();
    const { board, connection } = this;
    if (board === null || !this.isConnected) return;
    const view = mountBoard(this.#surface, board, {
      ...callingCurrent(this.options, () => this.options),
      freeArea: () =>
        this.options.freeArea?.() ?? freeArea(this.#surface, this.renderRoot.querySelectorAll(BARS)),
      presence: connection?.presence,
      theme: this.theme,
      readOnly: this.#mayOnlyLook(),
    });
    if (this.#left?.board === board) this.#takeUp(view, this.#left);
    if (focused) view.focus();
    this.#shown = { board, options: this.options };
    const update = () => this.requestUpdate();
    this.#view = view;
    this.#stop = [view.subscribe(update), board.subscribe(update)];
    if (connection !== null) {
      const updatePeople = () => this.#updatePeople(connection);
      this.#stop.push(connection.on('status', update), connection.presence.subscribe(updatePeople));
      this.#people = peopleOf(connection.presence.others(Date.now()));
    }
  }

  #unmount(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
    if (this.#view !== null && this.#shown !== null) {
      const { camera, tool, keepsTool, style, selection } = this.#view;
      this.#left = { ...this.#shown, camera, held: tool, keepsTool, style, selection };
    }
    this.#view?.destroy();
    this.#view = null;
    this.#shown = null;
    this.#people = [];
    this.#lists.closeAll();
  }

  /** Goes on where a person left, with what they had in hand, unless the app now asks for another tool. */
  #takeUp(view: BoardView, left: LeftView): void {
    view.setCamera(left.camera);
    view.setKeepsTool(left.keepsTool);
    const { tool, tools = [] } = this.options;
    if (left.options.tool !== tool || ![...TOOLS, ...tools].some(({ name }) => name === left.held)) return;
    view.setTool(left.held);
    if (left.selection.length > 0) view.select(left.selection);
    else if (left.style !== null) view.setStyle(left.style);
  }

  #showMenuAt(anchor: Element): void {
    const { left, top } = anchor.getBoundingClientRect();
    const frame = this.getBoundingClientRect();
    this.#lists.showMenu({ x: left - frame.left, y: top - frame.top });
  }

  /** Presence changes many times a second, and mostly because somebody moves their pointer. */
  #updatePeople({ presence }: ConnectionPort): void {
    const people = peopleOf(presence.others(Date.now()));
    if (samePeople(people, this.#people)) return;
    this.#people = people;
    this.requestUpdate();
  }

  #bars(): Iterable<Element> {
    return this.renderRoot.querySelectorAll('[role=toolbar]');
  }

  #mayOnlyLook(): boolean {
    const access = this.connection?.status.access;
    return this.readOnly || access === 'read' || access === 'none';
  }

  #onKey(event: KeyboardEvent): void {
    const bar = (event.target as Element).closest('[role=toolbar]');
    if (bar !== null && moveRovingFocus(bar, event.target as Element, event.key)) event.preventDefault();
  }

  /** A press on a tool leaves the focus on the board, or takes it there, so that its keys work. */
  #keepFocus(event: MouseEvent): void {
    event.preventDefault();
    if (this.shadowRoot?.activeElement == null) this.focus();
  }
}
