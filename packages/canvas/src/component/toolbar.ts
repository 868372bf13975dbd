import { css, html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { adaptColor } from '../paint/theme.js';
import { ERASER, HAND, HIGHLIGHTER, PEN, REDO, UNDO } from './icons.js';
import { PALETTES, type Swatch, type Width } from './palette.js';

const TOOLS: readonly { name: string; label: string; key: string; icon: SVGTemplateResult }[] = [
  { name: 'pen', label: 'Pen', key: 'P', icon: PEN },
  { name: 'highlighter', label: 'Highlighter', key: 'M', icon: HIGHLIGHTER },
  { name: 'eraser', label: 'Eraser', key: 'E', icon: ERASER },
  { name: 'hand', label: 'Move the page', key: 'H', icon: HAND },
];

/** What undo and redo can do right now. */
export interface HistoryState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
}

/** Tools, the style of the tool in hand, undo and redo. */
export function renderToolbar(view: BoardView, history: HistoryState): TemplateResult {
  const { tool, style, theme } = view;
  const palette = PALETTES[tool];
  return html`
    <div class="toolbar panel" role="toolbar" aria-label="Drawing tools">
      <div class="group" role="group" aria-label="Tools">
        ${TOOLS.map(
          ({ name, label, key, icon }) => html`
            <button
              data-tool=${name}
              data-tip="${label} – ${key}"
              aria-label=${label}
              aria-keyshortcuts=${key}
              aria-pressed=${tool === name}
              @click=${() => view.setTool(name)}
            >${icon}</button>`,
        )}
      </div>
      ${
        palette === undefined || style === null
          ? nothing
          : html`
            <div class="styles">
            <div class="group" role="group" aria-label="Colour">
              ${palette.swatches.map((swatch) =>
                renderSwatch(swatch, style.color ?? null, adaptColor(swatch.color, theme), () =>
                  view.setStyle({ color: swatch.color }),
                ),
              )}
            </div>
            <div class="group" role="group" aria-label="Width">
              ${palette.widths.map((width, i) =>
                renderWidth(width, i, style.width === width.width, () =>
                  view.setStyle({ width: width.width }),
                ),
              )}
            </div>
            </div>`
      }
      <div class="group" role="group" aria-label="History">
        <button
          data-action="undo"
          data-tip="Undo – Ctrl Z"
          aria-label="Undo"
          aria-keyshortcuts="Control+Z Meta+Z"
          ?disabled=${!history.canUndo}
          @click=${history.undo}
        >${UNDO}</button>
        <button
          data-action="redo"
          data-tip="Redo – Ctrl Shift Z"
          aria-label="Redo"
          aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
          ?disabled=${!history.canRedo}
          @click=${history.redo}
        >${REDO}</button>
      </div>
    </div>
  `;
}

// Colours are SVG attributes: a strict Content-Security-Policy forbids style attributes.
function renderSwatch(
  swatch: Swatch,
  chosen: string | null,
  shown: string,
  choose: () => void,
): TemplateResult {
  return html`
    <button
      class="swatch"
      data-color=${swatch.color}
      data-tip=${swatch.name}
      aria-label=${swatch.name}
      aria-pressed=${swatch.color === chosen}
      @click=${choose}
    >
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle class="ring" cx="12" cy="12" r="10.5" fill="none" stroke=${shown} stroke-width="1.8" />
        <circle cx="12" cy="12" r="7.5" fill=${shown} />
      </svg>
    </button>`;
}

function renderWidth(
  { name, width }: Width,
  index: number,
  chosen: boolean,
  choose: () => void,
): TemplateResult {
  return html`
    <button
      class="width"
      data-width=${width}
      data-tip=${name}
      aria-label=${name}
      aria-pressed=${chosen}
      @click=${choose}
    >
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <circle cx="12" cy="12" r=${2 + index * 2} fill="currentColor" />
      </svg>
    </button>`;
}

export const toolbarStyle = css`
  .toolbar {
    max-width: 100%;
    padding: 5px;
    box-sizing: border-box;
  }

  .group,
  .styles {
    display: flex;
    align-items: center;
    gap: 2px;
  }

  .toolbar > * + *,
  .styles > * + * {
    margin-left: 5px;
    padding-left: 6px;
    border-left: 1px solid var(--inkwire-edge);
  }

  .swatch,
  .width {
    min-width: 32px;
  }

  .swatch[aria-pressed='true'] {
    background: none;
  }

  .swatch .ring {
    opacity: 0;
  }

  .swatch[aria-pressed='true'] .ring {
    opacity: 1;
  }

  .width[aria-pressed='false'] {
    color: var(--inkwire-faint);
  }

  @container inkwire (max-width: 620px) {
    .toolbar {
      flex-wrap: wrap;
      justify-content: space-between;
      row-gap: 4px;
      width: 326px;
    }

    .toolbar > * + * {
      margin-left: 0;
      padding-left: 0;
      border-left: 0;
    }

    .styles {
      order: -1;
      flex: 1 0 100%;
      justify-content: space-between;
      padding-bottom: 4px;
      border-bottom: 1px solid var(--inkwire-edge);
    }
  }

  @container inkwire (max-width: 340px) {
    .swatch,
    .width {
      min-width: 26px;
    }

    .toolbar button[data-tool],
    .toolbar button[data-action] {
      min-width: 34px;
    }
  }
`;
