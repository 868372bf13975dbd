import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { BoardView } from '../board-view.js';
import { contrast } from '../paint/color.js';
import { initialsOf, type Person } from './people.js';

const MOST_FACES = 5;
const COLOR = /^#[0-9a-f]{6}$/i;
const UNKNOWN = '#5b6474';

/** Who else is here: a disc for each in their colour, with their initials; pressed, the view follows them. */
export function renderParticipants(
  people: readonly Person[],
  view: BoardView,
): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  const shown = people.length > MOST_FACES ? people.slice(0, MOST_FACES - 1) : people;
  const rest = people.slice(shown.length);
  return html`
    <ul class="people" aria-label="Also here">
      ${shown.map((person) => renderPerson(person, view))}
      ${
        rest.length === 0
          ? nothing
          : html`<li data-tip=${rest.map(({ name }) => name).join(', ')}>${renderFace(`+${rest.length}`, UNKNOWN)}</li>`
      }
    </ul>
  `;
}

function renderPerson({ id, name, color, session }: Person, view: BoardView): TemplateResult {
  const followed = view.following === session;
  return html`
    <li data-user=${id} data-tip=${followed ? `Following ${name}` : name}>
      <button
        aria-label="Follow ${name}"
        aria-pressed=${followed}
        @click=${() => view.follow(followed ? null : session)}
      >${renderFace(initialsOf(name), COLOR.test(color) ? color : UNKNOWN)}</button>
    </li>`;
}

function renderFace(initials: string, color: string): TemplateResult {
  const text = contrast(color, '#ffffff') >= 3 ? '#ffffff' : '#1c1d21';
  return html`
    <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      ${svg`
        <circle cx="16" cy="16" r="16" fill=${color}/>
        <text x="16" y="16" dy="0.36em" text-anchor="middle" fill=${text}>${initials}</text>`}
    </svg>`;
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
    margin-inline-start: -6px;
  }

  .people button {
    min-width: 0;
    height: 32px;
    border-radius: 50%;
  }

  .people button[aria-pressed='true'] {
    background: none;
    outline: 2px solid var(--inkwire-accent);
    outline-offset: 2px;
  }

  .people li:has([aria-pressed='true']) {
    z-index: 1;
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
    inset-inline-end: 0;
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

  .people li:hover::after,
  .people li:focus-within:has(:focus-visible)::after {
    opacity: 1;
  }

  .dark .people li::after {
    color: #1c1d21;
    background: #ecebe7;
  }
`;
