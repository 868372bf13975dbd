import { css } from 'lit';

/** Of what opens over the board and is closed again: the list of shortcuts, the report of an import. */
export const dialogStyle = css`
  dialog {
    width: min(640px, calc(100vw - 32px));
    max-height: min(720px, calc(100vh - 32px));
    padding: 0;
    border: 1px solid var(--inkwire-edge);
    border-radius: 16px;
    color: var(--inkwire-text);
    background: var(--inkwire-paper, #fdfdfb);
    box-shadow: 0 12px 60px rgb(20 22 30 / 0.28);
    font: 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  }

  dialog::backdrop {
    background: rgb(20 22 30 / 0.35);
  }

  .content {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    max-height: min(718px, calc(100vh - 34px));
    padding: 18px 20px 14px;
  }

  header,
  footer {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }

  h2 {
    margin: 0;
    font-size: 17px;
  }

  .hint {
    margin: 8px 0 0;
    color: var(--inkwire-faint);
    font-size: 12.5px;
  }

  .list {
    flex: 1 1 auto;
    min-height: 60px;
    margin: 0 -8px;
    padding: 0 8px;
    overflow-y: auto;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    min-height: 34px;
  }

  li + li {
    border-top: 1px solid var(--inkwire-edge);
  }

  button {
    border: 0;
    border-radius: 8px;
    color: inherit;
    background: none;
    font: inherit;
    cursor: pointer;
  }

  button:hover {
    background: var(--inkwire-hover);
  }

  .close {
    display: grid;
    place-items: center;
    width: 34px;
    height: 34px;
  }

  :is(button, input, .list):focus-visible {
    outline: 2px solid var(--inkwire-accent);
    outline-offset: 1px;
  }
`;
