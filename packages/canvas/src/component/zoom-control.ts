import { css, html, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { zoomTo } from '../scene/camera.js';
import { FIT, MINUS, PLUS } from './icons.js';

const STEP = 1.25;

/** Zoom out, the zoom in per cent (press for 100 %), zoom in, the whole board. */
export function renderZoom(view: BoardView): TemplateResult {
  const zoom = (factor: number | null) => () => {
    const { camera, element } = view;
    const middle = [element.clientWidth / 2, element.clientHeight / 2] as const;
    view.setCamera(zoomTo(camera, factor === null ? 1 : camera.zoom * factor, middle));
  };
  const percent = `${Math.round(view.camera.zoom * 100)} %`;
  return html`
    <div class="zoom panel" role="toolbar" aria-label="Zoom">
      <button data-action="zoom-out" data-tip="Zoom out" aria-label="Zoom out" @click=${zoom(1 / STEP)}>${MINUS}</button>
      <button data-action="zoom-reset" class="percent" data-tip="Back to 100 %" aria-label="Zoom ${percent}, back to 100 %" @click=${zoom(null)}>${percent}</button>
      <button data-action="zoom-in" data-tip="Zoom in" aria-label="Zoom in" @click=${zoom(STEP)}>${PLUS}</button>
      <button data-action="zoom-fit" data-tip="Whole board" aria-label="Show the whole board" @click=${view.fit}>${FIT}</button>
    </div>
  `;
}

export const zoomStyle = css`
  .zoom {
    padding: 3px;
    border-radius: 12px;
  }

  .zoom button {
    min-width: 32px;
    height: 32px;
  }

  .zoom .percent {
    min-width: 56px;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .zoom svg {
    width: 18px;
    height: 18px;
  }

  /* Hands pinch on small screens, and the toolbar needs the room. */
  @container inkwire (max-width: 860px) {
    .zoom {
      display: none;
    }
  }
`;
