import { css, html, nothing, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';

/** For whoever looks where nothing is, and may think that the board is empty. */
export function renderWayBack(view: BoardView): TemplateResult | typeof nothing {
  if (!view.outOfSight) return nothing;
  const back = () => {
    view.fit();
    view.focus();
  };
  return html`<button class="way-back panel" data-action="back" @click=${back}>Back to what is drawn</button>`;
}

export const wayBackStyle = css`
  .way-back.panel {
    height: 34px;
    padding: 0 16px;
    border-radius: 17px;
    color: var(--inkwire-accent);
    font-size: 13px;
    font-weight: 600;
  }
`;
