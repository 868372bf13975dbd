import { css, html, LitElement, nothing } from 'lit';
import type { BoardView } from '../board-view.js';
import type { TakenIn } from '../exchange/exchange.js';
import { dialogStyle } from './dialog-style.js';
import { CLOSE } from './icons.js';

/** What of a file or of the clipboard is not on the board as it was, and how often. */
export class ImportReport extends LitElement {
  static override properties = { view: { attribute: false }, taken: { state: true } };

  declare view: BoardView | null;
  declare taken: TakenIn | null;

  constructor() {
    super();
    this.view = null;
    this.taken = null;
  }

  open(taken: TakenIn): void {
    this.taken = taken;
    this.#dialog?.showModal();
  }

  close(): void {
    this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot?.querySelector('dialog') ?? null;
  }

  protected override render() {
    const { ids = [], remarks = [], errors = [] } = this.taken ?? {};
    return html`
      <dialog
        aria-labelledby="title"
        @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
        @click=${this.#onClick}
        @close=${() => this.view?.focus()}
      >
        <div class="content">
          <header>
            <h2 id="title">What could not be taken over</h2>
            <button class="close" aria-label="Close" autofocus @click=${this.close}>${CLOSE}</button>
          </header>
          <p class="hint">
            ${ids.length === 1 ? 'What came in is' : `The ${ids.length} things that came in are`} on the board.
          </p>
          <ul class="list" tabindex="0" aria-label="Differences">
            ${errors.map(({ message }) => html`<li class="error"><span>${message}</span></li>`)}
            ${remarks.map(
              ({ message, count, code }) => html`
                <li data-remark=${code}>
                  <span>${message}</span>
                  ${count > 1 ? html`<span class="count">${count} times</span>` : nothing}
                </li>`,
            )}
          </ul>
        </div>
      </dialog>
    `;
  }

  #onClick(event: MouseEvent): void {
    // What is pressed beside the dialog's content is the dialog itself: its backdrop.
    if (event.target === this.#dialog) this.close();
  }

  static override styles = [
    dialogStyle,
    css`
      dialog {
        width: min(520px, calc(100vw - 32px));
      }

      .list {
        margin-top: 10px;
      }

      li {
        padding: 5px 0;
      }

      .error {
        font-weight: 600;
      }

      .count {
        flex: none;
        padding: 1px 9px;
        border-radius: 10px;
        color: var(--inkwire-faint);
        background: var(--inkwire-hover);
        font-size: 12.5px;
      }
    `,
  ];
}
