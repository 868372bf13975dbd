import type { PresentUser } from '@inkwire/core';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { contrast } from '../paint/color.js';
import { initialsOf } from './people.js';

const MOST_FACES = 5;
const COLOR = /^#[0-9a-f]{6}$/i;

/** Who else is here: a disc for each in their colour, with their initials. */
export function renderParticipants(people: readonly PresentUser[]): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  const shown = people.length > MOST_FACES ? people.slice(0, MOST_FACES - 1) : people;
  const rest = people.slice(shown.length);
  return html`
    <ul class="people" aria-label="Also here">
      ${shown.map(({ id, name, color }) => renderFace(id, name, initialsOf(name), COLOR.test(color) ? color : '#5b6474'))}
      ${rest.length === 0 ? nothing : renderFace('', rest.map(({ name }) => name).join(', '), `+${rest.length}`, '#5b6474')}
    </ul>
  `;
}

function renderFace(id: string, name: string, initials: string, color: string): TemplateResult {
  const text = contrast(color, '#ffffff') >= 3 ? '#ffffff' : '#1c1d21';
  return html`
    <li data-user=${id} data-tip=${name}>
      <svg viewBox="0 0 32 32" width="32" height="32" role="img" aria-label=${name}>
        ${svg`
          <circle cx="16" cy="16" r="16" fill=${color}/>
          <text x="16" y="16" dy="0.36em" text-anchor="middle" fill=${text}>${initials}</text>`}
      </svg>
    </li>`;
}

export const participantsStyle = css`
  .people {
    display: flex;
    margin: 0;
    padding: 0;
    list-style: none;
    pointer-events: auto;
  }

  .people li {
    position: relative;
    height: 32px;
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--inkwire-paper);
  }

  .people li + li {
    margin-left: -6px;
  }

  .people text {
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.02em;
  }

  .people li::after {
    content: attr(data-tip);
    position: absolute;
    top: calc(100% + 8px);
    right: 0;
    max-width: 16em;
    padding: 4px 9px 5px;
    overflow: hidden;
    border-radius: 7px;
    color: #fff;
    background: #24262c;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
    opacity: 0;
  }

  .people li:hover::after {
    opacity: 1;
  }

  .dark .people li::after {
    color: #1c1d21;
    background: #ecebe7;
  }
`;
