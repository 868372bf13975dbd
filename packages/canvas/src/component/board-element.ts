import type { Board } from '@inkwire/core';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { BoardView } from '../board-view.js';
import { mountBoard } from '../mount-board.js';
import type { ThemeName } from '../paint/theme.js';
import { buttonStyle, panelStyle } from './component-style.js';
import type { ConnectionPort } from './connection-port.js';
import { participantsStyle, renderParticipants } from './participants.js';
import { type Person, peopleOf, samePeople } from './people.js';
import { moveRovingFocus, updateRovingFocus } from './roving-focus.js';
import { renderStatus, statusStyle } from './status-line.js';
import { statusText } from './status-text.js';
import { renderToolbar, toolbarStyle } from './toolbar.js';
import { renderZoom, zoomStyle } from './zoom-control.js';

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
  };

  static override styles = [
    panelStyle,
    buttonStyle,
    toolbarStyle,
    zoomStyle,
    participantsStyle,
    statusStyle,
    css`
      :host {
        display: block;
        position: relative;
        width: 100%;
        height: 100%;
        min-height: 200px;
        overflow: hidden;
        contain: content;
        font: 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
        -webkit-font-smoothing: antialiased;
      }

      :host([hidden]) {
        display: none;
      }

      .frame {
        --inkwire-paper: #fdfdfb;
        position: absolute;
        inset: 0;
        container: inkwire / size;
      }

      .frame.dark {
        --inkwire-paper: #17181b;
        color-scheme: dark;
      }

      .surface,
      .over {
        position: absolute;
        inset: 0;
      }

      .over {
        pointer-events: none;
      }

      .top {
        position: absolute;
        top: calc(12px + env(safe-area-inset-top));
        right: 14px;
        left: 14px;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
      }

      .bottom {
        position: absolute;
        right: 8px;
        bottom: calc(14px + env(safe-area-inset-bottom));
        left: 8px;
        display: flex;
        justify-content: center;
      }

      .corner {
        position: absolute;
        right: 14px;
        bottom: calc(14px + env(safe-area-inset-bottom));
      }
    `,
  ];

  declare board: Board | null;
  declare connection: ConnectionPort | null;
  /** `system` (as the device, default), `light` or `dark`. */
  declare theme: ThemeName;
  /** What screen readers call the board. */
  declare label: string;
  /** Whether it can be looked at only, whatever the connection says. */
  declare readOnly: boolean;

  readonly #surface: HTMLElement;
  #view: BoardView | null = null;
  #stop: (() => void)[] = [];
  #people: readonly Person[] = [];

  constructor() {
    super();
    this.#surface = this.ownerDocument.createElement('div');
    this.#surface.className = 'surface';
    this.board = null;
    this.connection = null;
    this.theme = 'system';
    this.label = 'Whiteboard';
    this.readOnly = false;
  }

  /** The view inside, for camera and tools; null while there is no board, or the element is not in a page. */
  get view(): BoardView | null {
    return this.#view;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unmount();
  }

  override focus(): void {
    this.#view?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has('board') || changed.has('connection') || changed.has('label');
    if (other || this.#view === null) this.#mount();
    this.#view?.setTheme(this.theme);
    this.#view?.setReadOnly(this.#mayOnlyLook());
  }

  protected override updated(): void {
    for (const bar of this.renderRoot.querySelectorAll('[role=toolbar]')) updateRovingFocus(bar);
  }

  protected override render() {
    const view = this.#view;
    return html`
      <div class="frame ${view?.theme.dark ? 'dark' : ''}">
        ${this.#surface}
        <div class="over" @mousedown=${keepFocus} @keydown=${this.#onKey}>
          <div class="top">
            <div>${this.connection === null ? nothing : renderStatus(statusText(this.connection.status))}</div>
            ${view === null ? nothing : renderParticipants(this.#people, view)}
          </div>
          ${view === null ? nothing : this.#renderTools(view)}
        </div>
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
      <div class="bottom">${view.readOnly ? nothing : renderToolbar(view, history)}</div>
      <div class="corner">${renderZoom(view)}</div>
    `;
  }

  #mount(): void {
    this.#unmount();
    const { board, connection } = this;
    if (board === null || !this.isConnected) return;
    const view = mountBoard(this.#surface, board, {
      presence: connection?.presence,
      theme: this.theme,
      label: this.label,
      readOnly: this.#mayOnlyLook(),
    });
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
    this.#view?.destroy();
    this.#view = null;
    this.#people = [];
  }

  /** Presence changes many times a second, and mostly because somebody moves their pointer. */
  #updatePeople({ presence }: ConnectionPort): void {
    const people = peopleOf(presence.others(Date.now()));
    if (samePeople(people, this.#people)) return;
    this.#people = people;
    this.requestUpdate();
  }

  #mayOnlyLook(): boolean {
    const access = this.connection?.status.access;
    return this.readOnly || access === 'read' || access === 'none';
  }

  #onKey(event: KeyboardEvent): void {
    const bar = (event.target as Element).closest('[role=toolbar]');
    if (bar !== null && moveRovingFocus(bar, event.target as Element, event.key)) event.preventDefault();
  }
}

/** A press on a tool leaves the focus on the board, so that its keys go on working. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
