import type { Style } from '@inkwire/core';
import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { MORE } from './icons.js';
import { FILLS, lookOfFill, paletteOf, type Swatch, type Width } from './palette.js';
import type { Popovers } from './popover.js';
import { STYLE_LISTS, type StyleList, type StyleOption } from './style-options.js';

/** The style of the tool in hand, or of what is selected; nothing where neither has one. */
export function renderStyleBar(
  view: BoardView,
  popovers: Popovers,
  openMenu: (anchor: Element) => void,
): TemplateResult | typeof nothing {
  const { style, tool, theme, selection } = view;
  if (style === null) return nothing;
  const { swatches, widths, look } = paletteOf(tool, style);
  const set = (change: Style) => {
    view.setStyle(change);
    popovers.close();
  };
  return html`
    <div class="style-bar panel" role="toolbar" aria-label="Style">
      ${
        'color' in style
          ? html`<div class="group" role="group" aria-label="Colour">
            ${swatches.map((swatch) =>
              renderSwatch(swatch, style.color ?? null, look(swatch.color, theme), () =>
                set({ color: swatch.color }),
              ),
            )}
          </div>`
          : nothing
      }
      ${
        'width' in style && widths.length > 0
          ? html`<div class="group" role="group" aria-label="Width">
            ${widths.map((width, i) =>
              renderWidth(width, i, style.width === width.width, () => set({ width: width.width })),
            )}
          </div>`
          : nothing
      }
      <div class="group" role="group" aria-label="More of the style">
        ${'fill' in style ? renderFill(style.fill, view, popovers, set) : nothing}
        ${STYLE_LISTS.filter(({ name }) => name in style).map((list) => renderList(list, style, popovers, set))}
        ${
          tool === 'select' && selection.length > 0
            ? html`<button
              data-action="menu"
              data-tip="What can be done"
              aria-label="What can be done"
              aria-haspopup="menu"
              @click=${(event: Event) => openMenu(event.currentTarget as Element)}
            >${MORE}</button>`
            : nothing
        }
      </div>
    </div>
  `;
}

function renderFill(
  fill: string | undefined,
  { theme }: BoardView,
  popovers: Popovers,
  set: (style: Style) => void,
): TemplateResult {
  const iconOf = (color: string) => fillIcon(color === 'none' ? null : lookOfFill(color, theme));
  const icon = fill === undefined ? fillIcon('none') : iconOf(fill);
  const content = () =>
    FILLS.map(({ name, color }) =>
      renderOption(name, iconOf(color), fill === color, () => set({ fill: color })),
    );
  return renderPopover('fill', 'Fill', icon, popovers, content, fill === undefined);
}

function renderList(
  { name, label, options }: StyleList,
  style: Style,
  popovers: Popovers,
  set: (style: Style) => void,
): TemplateResult {
  const value = style[name];
  const icon = nearestOption(name, value, options)?.icon ?? MORE;
  const content = () =>
    options.map((option) =>
      renderOption(option.label, option.icon, value === option.style[name], () => set(option.style)),
    );
  return renderPopover(name, label, icon, popovers, content, value === undefined);
}

/** Texts may have sizes, and anything an opacity, that are none of those to choose from. */
function nearestOption(
  name: StyleList['name'],
  value: Style[StyleList['name']],
  options: StyleList['options'],
): StyleOption | undefined {
  const distance = ({ style }: StyleOption) =>
    typeof value === 'number' ? Math.abs(Number(style[name]) - value) : Number(style[name] !== value);
  return options.toSorted((a, b) => distance(a) - distance(b))[0];
}

/**
 * A button that shows the value, and its list while that is open.
 *
 * @param differs whether what is selected has several values: the one that is shown is an example.
 */
export function renderPopover(
  name: string,
  label: string,
  icon: SVGTemplateResult,
  popovers: Popovers,
  content: () => readonly TemplateResult[],
  differs = false,
): TemplateResult {
  const open = popovers.open === name;
  return html`
    <button
      class=${differs ? 'differs' : nothing}
      data-list=${name}
      data-tip=${open ? nothing : differs ? `${label}: differs` : label}
      aria-label=${label}
      aria-haspopup="true"
      aria-expanded=${open}
      @click=${() => popovers.toggle(name)}
    >${icon}</button>
    ${open ? html`<div class="popover panel" role="group" aria-label=${label}>${content()}</div>` : nothing}
  `;
}

function renderOption(
  label: string,
  icon: SVGTemplateResult,
  chosen: boolean,
  choose: () => void,
): TemplateResult {
  return html`<button data-tip=${label} aria-label=${label} aria-pressed=${chosen} @click=${choose}>${icon}</button>`;
}

// Colours are SVG attributes: a strict Content-Security-Policy forbids style attributes.
function fillIcon(color: string | null): SVGTemplateResult {
  return svg`
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <rect x="4" y="4" width="16" height="16" rx="4" fill=${color ?? 'none'} stroke="currentColor" stroke-width="1.4" />
      ${color === null ? svg`<path d="M6 18L18 6" stroke="currentColor" stroke-width="1.4" />` : svg``}
    </svg>`;
}

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

export const styleBarStyle = css`
  .style-bar {
    position: relative;
    flex-wrap: wrap;
    justify-content: center;
    max-width: 100%;
    padding: 3px 5px;
    box-sizing: border-box;
  }

  .style-bar button {
    min-width: 34px;
    height: 34px;
  }

  .style-bar .swatch,
  .style-bar .width {
    min-width: 30px;
  }

  .style-bar > .group {
    flex-wrap: wrap;
    justify-content: center;
  }

  .style-bar > .group:empty {
    display: none;
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

  .differs,
  .width[aria-pressed='false'] {
    color: var(--inkwire-faint);
  }

  @media (pointer: coarse) {
    .style-bar button {
      height: 40px;
    }
  }
`;
