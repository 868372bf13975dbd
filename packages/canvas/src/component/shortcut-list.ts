import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import type { Command, CommandGroup } from '../editor/command.js';
import { keyLabel, keyNames } from '../editor/key-binding.js';
import { IS_MAC } from './tool-list.js';

const GROUPS: readonly (readonly [group: CommandGroup, label: string])[] = [
  ['tools', 'Tools'],
  ['edit', 'Edit'],
  ['arrange', 'Arrange'],
  ['view', 'View'],
];
const MODIFIERS = new Set(['Shift', 'Alt', 'Control', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/** All commands with their keys, to be searched and given other keys. */
export class ShortcutList extends LitElement {
  static override properties = { view: { attribute: false } };

  declare view: BoardView | null;

  #query = '';
  /** The command that waits for a key. */
  #waiting: string | null = null;
  #said = '';

  constructor() {
    super();
    this.view = null;
  }

  get isOpen(): boolean {
    return this.#dialog?.open ?? false;
  }

  open(): void {
    this.#query = '';
    this.#waiting = null;
    this.#said = '';
    this.requestUpdate();
    this.#dialog?.showModal();
    const search = this.renderRoot.querySelector('input');
    if (search !== null) search.value = '';
    search?.focus();
  }

  close(): void {
    this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot?.querySelector('dialog') ?? null;
  }

  protected override render() {
    const { view } = this;
    const found = this.#found(view?.commands ?? []);
    return html`
      <dialog
        aria-labelledby="title"
        @keydown=${this.#onKey}
        @click=${this.#onClick}
        @close=${() => view?.focus()}
      >
        <div class="content">
          <header>
            <h2 id="title">Keyboard shortcuts</h2>
            <button class="close" aria-label="Close" @click=${this.close}>
              <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
                <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
              </svg>
            </button>
          </header>
          <input
            type="search"
            aria-label="Search commands"
            placeholder="Search commands and keys"
            @input=${this.#onSearch}
          />
          <p class="hint" role="status">${this.#said || this.#summary(found)}</p>
          <div class="list" tabindex="0" role="region" aria-label="Commands">
            ${GROUPS.map(([group, label]) =>
              this.#renderGroup(
                label,
                found.filter((each) => each.group === group),
              ),
            )}
          </div>
          <footer>
            <span>Choose a key to change it. Delete takes it away.</span>
            <button class="text" @click=${this.#reset}>Give all their own keys</button>
          </footer>
        </div>
      </dialog>
    `;
  }

  #renderGroup(label: string, commands: readonly Command[]): TemplateResult | typeof nothing {
    if (commands.length === 0) return nothing;
    return html`
      <h3>${label}</h3>
      <ul>
        ${commands.map((command) => this.#renderCommand(command))}
      </ul>
    `;
  }

  #renderCommand({ name, label, keys }: Command): TemplateResult {
    const waits = this.#waiting === name;
    const shown = keys.map((key) => keyLabel(key, IS_MAC));
    return html`
      <li data-command=${name}>
        <span>${label}</span>
        <button
          class="keys"
          aria-label="${label}: ${waits ? 'press a key' : shown.length === 0 ? 'no key' : shown.join(' or ')}"
          aria-pressed=${waits}
          @click=${() => this.#wait(waits ? null : name)}
        >${
          waits
            ? 'Press a key'
            : shown.length === 0
              ? html`<span class="none">none</span>`
              : shown.map((key) => html`<kbd>${key}</kbd>`)
        }</button>
      </li>`;
  }

  #summary(found: readonly Command[]): string {
    if (this.#query === '') return `${found.length} commands`;
    return found.length === 0 ? 'No command is called so.' : `${found.length} found`;
  }

  #found(commands: readonly Command[]): readonly Command[] {
    const words = this.#query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    return commands
      .filter(({ label, keys }) => {
        const text = `${label} ${keys.map((key) => keyLabel(key, IS_MAC)).join(' ')}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .toSorted((a, b) => a.label.localeCompare(b.label));
  }

  #onSearch(event: InputEvent): void {
    this.#query = (event.target as HTMLInputElement).value;
    this.#said = '';
    this.requestUpdate();
  }

  #wait(name: string | null): void {
    this.#waiting = name;
    this.#said = '';
    this.requestUpdate();
  }

  #reset(): void {
    this.view?.resetKeys();
    this.#said = 'All commands have their own keys.';
    this.requestUpdate();
  }

  #onClick(event: MouseEvent): void {
    // What is pressed beside the dialog's content is the dialog itself: its backdrop.
    if (event.target === this.#dialog) this.close();
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const name = this.#waiting;
    const { view } = this;
    if (name === null || view === null || MODIFIERS.has(event.key) || event.isComposing) return;
    event.preventDefault();
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.#wait(null);
      return;
    }
    const removes = event.key === 'Delete' || event.key === 'Backspace';
    const [key] = keyNames(event);
    if (key === undefined) return;
    const others = removes
      ? []
      : view.commands.filter((each) => each.name !== name && each.keys.includes(key));
    view.setKeys(name, removes ? [] : [key]);
    this.#wait(null);
    const command = view.commands.find((each) => each.name === name);
    const has = removes ? 'has no key now' : `has ${keyLabel(key, IS_MAC)} now`;
    const shared =
      others.length === 0 ? '' : ` Before that it was: ${others.map(({ label }) => label).join(', ')}.`;
    this.#said = `${command?.label ?? name} ${has}.${shared}`;
    this.requestUpdate();
  }

  static override styles = css`
    dialog {
      width: min(640px, calc(100vw - 32px));
      max-height: min(720px, calc(100vh - 32px));
      padding: 0;
      border: 1px solid var(--inkwire-edge);
      border-radius: 16px;
      color: var(--inkwire-text);
      background: var(--inkwire-paper, #fdfdfb);
      box-shadow: 0 12px 60px rgb(20 22 30 / 0.28);
      font: 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
    }

    dialog::backdrop {
      background: rgb(20 22 30 / 0.35);
    }

    .content {
      display: flex;
      flex-direction: column;
      box-sizing: border-box;
      max-height: min(718px, calc(100vh - 34px));
      padding: 18px 20px 14px;
    }

    header,
    footer {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
    }

    h2 {
      margin: 0;
      font-size: 17px;
    }

    h3 {
      margin: 14px 0 4px;
      color: var(--inkwire-faint);
      font-size: 12px;
      font-weight: 600;
    }

    input {
      box-sizing: border-box;
      width: 100%;
      margin: 12px 0 0;
      padding: 9px 12px;
      border: 1px solid var(--inkwire-faint);
      border-radius: 10px;
      color: inherit;
      background: none;
      font: inherit;
    }

    .hint {
      margin: 8px 0 0;
      color: var(--inkwire-faint);
      font-size: 12.5px;
    }

    .list {
      flex: 1 1 auto;
      min-height: 60px;
      margin: 0 -8px;
      padding: 0 8px;
      overflow-y: auto;
    }

    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      min-height: 34px;
    }

    li + li {
      border-top: 1px solid var(--inkwire-edge);
    }

    button {
      border: 0;
      border-radius: 8px;
      color: inherit;
      background: none;
      font: inherit;
      cursor: pointer;
    }

    .close {
      display: grid;
      place-items: center;
      width: 34px;
      height: 34px;
    }

    .keys {
      display: flex;
      gap: 6px;
      align-items: center;
      min-height: 28px;
      padding: 2px 6px;
    }

    .keys[aria-pressed='true'] {
      color: var(--inkwire-accent);
      background: var(--inkwire-accent-soft);
    }

    .none {
      color: var(--inkwire-faint);
    }

    kbd {
      padding: 2px 7px;
      border: 1px solid var(--inkwire-edge);
      border-bottom-width: 2px;
      border-radius: 6px;
      font: 12px/1.4 ui-monospace, 'Cascadia Code', Menlo, Consolas, monospace;
      white-space: nowrap;
    }

    footer {
      margin-top: 10px;
      padding-top: 10px;
      border-top: 1px solid var(--inkwire-edge);
      color: var(--inkwire-faint);
      font-size: 12.5px;
    }

    .text {
      padding: 6px 10px;
      color: var(--inkwire-accent);
    }

    button:hover {
      background: var(--inkwire-hover);
    }

    :is(button, input, .list):focus-visible {
      outline: 2px solid var(--inkwire-accent);
      outline-offset: 1px;
    }
  `;
}
