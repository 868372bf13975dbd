import { css, html, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import type { Command } from '../editor/command.js';
import { keyLabel } from '../editor/key-binding.js';
import type { MenuRequest } from '../editor/menu.js';
import { ALIGN } from './icons.js';
import { IS_MAC } from './tool-list.js';

/** Commands by name, in groups; of those, a menu shows what can be done now. */
const GROUPS: readonly (readonly string[])[] = [
  ['undo', 'redo'],
  ['link.open'],
  ['cut', 'copy', 'paste', 'duplicate', 'delete'],
  ['order.front', 'order.forward', 'order.backward', 'order.back'],
  ['crop', 'group', 'ungroup', 'lock', 'unlock'],
  ['flip.x', 'flip.y'],
  Object.keys(ALIGN),
  ['select.all', 'zoom.fit', 'report'],
  ['save.png', 'save.svg', 'save.board'],
];
/** Shown only where nothing is selected. */
const OF_THE_BOARD: ReadonlySet<string> = new Set([
  ...['undo', 'redo', 'select.all', 'zoom.fit', 'report', 'save.board'],
]);

/**
 * The commands that apply, at a place of the board.
 *
 * @param close closes the menu; the board has the focus then.
 */
export function renderMenu(
  view: BoardView,
  { x, y }: MenuRequest,
  close: () => void,
): TemplateResult | typeof nothing {
  const groups = GROUPS.map((names) => names.flatMap((name) => usable(view, name) ?? [])).filter(
    (commands) => commands.length > 0,
  );
  const run = ({ name }: Command) => {
    close();
    view.run(name);
  };
  const move = (event: KeyboardEvent) => moveInMenu(event, close);
  return html`
    <div class="menu panel" role="menu" aria-label="What can be done" data-x=${x} data-y=${y} @keydown=${move}>
      ${groups.map(
        (commands, i) => html`
          ${i === 0 ? nothing : html`<hr role="separator" />`}
          ${
            commands.some(({ name }) => name in ALIGN)
              ? html`<div class="row" role="group">${commands.map((command) => renderIcon(command, run))}</div>`
              : commands.map((command) => renderItem(command, run))
          }`,
      )}
    </div>
  `;
}

function usable(view: BoardView, name: string): Command | undefined {
  if (view.selection.length > 0 && OF_THE_BOARD.has(name)) return undefined;
  const command = view.commands.find((each) => each.name === name);
  return command !== undefined && view.canRun(name) ? command : undefined;
}

function renderItem(command: Command, run: (command: Command) => void): TemplateResult {
  const [key] = command.keys;
  return html`
    <button role="menuitem" tabindex="-1" data-command=${command.name} @click=${() => run(command)}>
      <span>${command.label}</span>
      ${key === undefined ? nothing : html`<kbd>${keyLabel(key, IS_MAC)}</kbd>`}
    </button>`;
}

function renderIcon(command: Command, run: (command: Command) => void): TemplateResult {
  return html`
    <button
      role="menuitem"
      tabindex="-1"
      class="icon"
      data-command=${command.name}
      title=${command.label}
      aria-label=${command.label}
      @click=${() => run(command)}
    >${ALIGN[command.name]}</button>`;
}

function moveInMenu(event: KeyboardEvent, close: () => void): void {
  const menu = event.currentTarget as Element;
  const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(event.target as HTMLElement);
  const next = targetOf(event.key, at, items.length);
  if (event.key === 'Tab') close();
  else if (next !== null) items[next]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function targetOf(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown' || key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/** Puts a menu that was just rendered where it was asked for, whole on the board, and the focus on its first item. */
export function placeMenu(menu: HTMLElement): void {
  const { x, y } = menu.dataset;
  const frame = menu.offsetParent ?? menu.ownerDocument.documentElement;
  const left = Math.min(Number(x), frame.clientWidth - menu.offsetWidth - MARGIN);
  const top = Math.min(Number(y), frame.clientHeight - menu.offsetHeight - MARGIN);
  menu.style.left = `${Math.max(left, MARGIN)}px`;
  menu.style.top = `${Math.max(top, MARGIN)}px`;
  menu.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
}

const MARGIN = 8;

export const menuStyle = css`
  .menu {
    position: absolute;
    z-index: 3;
    display: block;
    min-width: 216px;
    max-height: calc(100% - 16px);
    padding: 5px;
    box-sizing: border-box;
    overflow-y: auto;
    border-radius: 12px;
  }

  .menu hr {
    margin: 4px 6px;
    border: 0;
    border-top: 1px solid var(--inkwire-edge);
  }

  .menu button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 24px;
    width: 100%;
    height: 30px;
    padding: 0 10px;
    border-radius: 7px;
    font-size: 13px;
    text-align: left;
  }

  .menu button:focus {
    background: var(--inkwire-hover);
    outline: none;
  }

  .menu button:focus-visible {
    outline: 2px solid var(--inkwire-accent);
    outline-offset: -2px;
  }

  .menu kbd {
    color: var(--inkwire-faint);
    font: inherit;
    font-size: 12px;
  }

  .menu .row {
    display: flex;
    flex-wrap: wrap;
  }

  .menu .icon {
    justify-content: center;
    width: 36px;
    padding: 0;
  }

  @media (pointer: coarse) {
    .menu button {
      height: 42px;
    }

    /* Fingers have no keys. */
    .menu kbd {
      display: none;
    }
  }
`;
