import { css, html, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';

/** What the person should know right now, and what they can do about it. It is announced, and takes no focus. */
export function renderNotice(view: BoardView | null): TemplateResult {
  const notice = view?.notice ?? null;
  return html`
    <div class="notices" aria-live="polite">
      ${
        notice === null
          ? nothing
          : html`<div class="notice panel">
            <span>${notice.text}</span>
            ${
              notice.action === null
                ? nothing
                : html`<button
                  data-action="notice"
                  @click=${() => {
                    view?.dismissNotice();
                    notice.action?.run();
                  }}
                >${notice.action.label}</button>`
            }
          </div>`
      }
    </div>
  `;
}

export const noticeStyle = css`
  .notices {
    display: contents;
  }

  .notice {
    gap: 6px;
    min-height: 34px;
    max-width: 100%;
    padding-block: 2px;
    padding-inline: 14px 6px;
    box-sizing: border-box;
    border-radius: 18px;
    font-size: 13px;
  }

  .notice span {
    padding-inline-end: 8px;
  }

  .notice button {
    flex: none;
    height: 30px;
    padding: 0 12px;
    border-radius: 15px;
    color: var(--inkwire-accent);
    font-weight: 600;
  }
`;
