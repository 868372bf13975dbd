import { css, html, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { ariaKeys } from '../editor/key-binding.js';
import { LOCKED, MORE, PICTURE, REDO, UNDO, UNLOCKED } from './icons.js';
import type { Popovers } from './popover.js';
import { renderPopover } from './style-bar.js';
import { type ListedTool, listTools, tipOf } from './tool-list.js';

/** What undo and redo can do right now. */
export interface HistoryState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
}

/** Tools, undo and redo. */
export function renderToolbar(view: BoardView, history: HistoryState, popovers: Popovers): TemplateResult {
  const tools = listTools(view);
  const spare = tools.filter(({ place }) => place !== 'always');
  // A tool that the list holds shows itself on the button of the list.
  const hidden = spare.find(({ name, place }) => name === view.tool && place === 'more');
  return html`
    <div class="toolbar panel" role="toolbar" aria-label="Drawing tools">
      <div class="group tools" role="group" aria-label="Tools">
        ${tools.filter(({ place }) => place !== 'more').map((tool) => renderTool(tool, view, popovers))}
        <span class="spare ${hidden === undefined ? '' : 'chosen'}">
          ${renderPopover('tools', 'More tools', hidden?.icon ?? MORE, popovers, () => [
            ...spare.map((tool) => renderTool(tool, view, popovers)),
            renderKeep(view),
            ...renderOpen(view, popovers),
          ])}
        </span>
        ${view.keepsTool ? renderKeep(view) : nothing}
      </div>
      <div class="group" role="group" aria-label="History">
        ${renderHistory('undo', 'Undo', ['Mod+z'], UNDO, history.canUndo, history.undo)}
        ${renderHistory('redo', 'Redo', ['Mod+Shift+z'], REDO, history.canRedo, history.redo)}
      </div>
    </div>
  `;
}

function renderTool(
  { name, label, keys, icon, place }: ListedTool,
  view: BoardView,
  popovers: Popovers,
): TemplateResult {
  return html`
    <button
      class=${place}
      data-tool=${name}
      data-tip=${tipOf(label, keys)}
      aria-label=${label}
      aria-keyshortcuts=${ariaKeys(keys)}
      aria-pressed=${view.tool === name}
      @click=${() => {
        view.setTool(name);
        popovers.close();
      }}
    >${icon}</button>`;
}

/** Keeps the tool in hand, or no longer: the bar shows it as well while it is kept, where there is room. */
function renderKeep(view: BoardView): TemplateResult {
  const { label = '', keys = [] } = view.commands.find(({ name }) => name === 'tool.keep') ?? {};
  return html`
    <button
      class="keep"
      data-action="tool.keep"
      data-tip=${tipOf(label, keys)}
      aria-label=${label}
      aria-keyshortcuts=${ariaKeys(keys)}
      aria-pressed=${view.keepsTool}
      @click=${() => view.setKeepsTool(!view.keepsTool)}
    >${view.keepsTool ? LOCKED : UNLOCKED}</button>`;
}

/** Asks for pictures and drawings, where the view can take them in. */
function renderOpen(view: BoardView, popovers: Popovers): TemplateResult[] {
  const command = view.commands.find(({ name }) => name === 'open');
  if (command === undefined || !view.canRun(command.name)) return [];
  const { name, label, keys } = command;
  const run = () => {
    popovers.close();
    view.run(name);
  };
  return [
    html`<button data-action=${name} data-tip=${tipOf(label, keys)} aria-label=${label} @click=${run}>${PICTURE}</button>`,
  ];
}

function renderHistory(
  action: string,
  label: string,
  keys: readonly string[],
  icon: unknown,
  usable: boolean,
  run: () => void,
): TemplateResult {
  return html`
    <button
      data-action=${action}
      data-tip=${tipOf(label, keys)}
      aria-label=${label}
      aria-keyshortcuts=${ariaKeys(keys)}
      ?disabled=${!usable}
      @click=${run}
    >${icon}</button>`;
}

export const toolbarStyle = css`
  .toolbar {
    position: relative;
    /* Its list and its tooltips lie over the bar above. */
    z-index: 2;
    max-width: 100%;
    padding: 5px;
    box-sizing: border-box;
  }

  .group {
    display: flex;
    align-items: center;
    gap: 2px;
  }

  .toolbar > * + *,
  .style-bar > .group + .group {
    margin-inline-start: 5px;
    padding-inline-start: 6px;
    border-inline-start: 1px solid var(--inkwire-edge);
  }

  .spare {
    display: contents;
  }

  .spare.chosen > button {
    color: var(--inkwire-accent);
    background: var(--inkwire-accent-soft);
  }

  .popover > .roomy {
    display: none;
  }

  /* Fingers hit the middle of something that is larger than what a mouse needs. */
  @media (pointer: coarse) {
    .toolbar button {
      height: 44px;
    }
  }

  @container inkwire (max-width: 1000px) {
    .tools > .keep {
      display: none;
    }
  }

  @container inkwire (max-width: 620px) {
    .tools > .roomy {
      display: none;
    }

    .popover > .roomy {
      display: grid;
    }
  }

  /* Where the groups do not fit into one row, a line between them would begin the next one. */
  @container inkwire (max-width: 760px) {
    .style-bar > .group + .group {
      margin-inline-start: 0;
      padding-inline-start: 4px;
      border-inline-start: 0;
    }
  }

  @container inkwire (max-width: 380px) {
    .toolbar {
      padding: 4px;
    }

    .toolbar button {
      min-width: 34px;
    }

    .style-bar .swatch,
    .style-bar .width {
      min-width: 26px;
    }
  }
`;
