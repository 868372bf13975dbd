import { css, html, type TemplateResult } from 'lit';
import type { StatusText } from './status-text.js';

/** How it stands with the person's work. Only what should be known is announced: not every "Saving…". */
export function renderStatus({ text, tone, detail }: StatusText): TemplateResult {
  return html`
    <div class="status panel" data-tone=${tone} title=${detail}>
      <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true"><circle cx="4" cy="4" r="4" fill="currentColor" /></svg>
      <span>${text}</span>
    </div>
    <div class="announcement" role="status">${tone === 'warning' ? `${text}. ${detail}` : ''}</div>
  `;
}

export const statusStyle = css`
  .status {
    gap: 8px;
    height: 32px;
    padding: 0 13px 0 11px;
    box-sizing: border-box;
    border-radius: 16px;
    font-size: 13px;
    white-space: nowrap;
  }

  .status svg {
    flex: none;
    color: var(--inkwire-faint);
    transition: color 0.3s;
  }

  .status[data-tone='calm'] svg {
    color: var(--inkwire-good);
  }

  .status[data-tone='warning'] svg {
    color: var(--inkwire-warning);
  }

  .announcement {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
