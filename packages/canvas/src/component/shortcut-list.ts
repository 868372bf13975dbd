import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import type { Command, CommandGroup } from '../editor/command.js';
import { keyLabel, keyNames } from '../editor/key-binding.js';
import { dialogStyle } from './dialog-style.js';
import { CLOSE } from './icons.js';
import { shortcutStyle } from './shortcut-style.js';
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
            <button class="close" aria-label="Close" @click=${this.close}>${CLOSE}</button>
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
    if (name === null && event.key === 'Escape' && !event.isComposing) {
      // A search field would only empty itself.
      event.preventDefault();
      this.close();
    }
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

  static override styles = [dialogStyle, shortcutStyle];
}
