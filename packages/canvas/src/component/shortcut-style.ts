import { css } from 'lit';

/** Of the list of shortcuts, besides what all dialogs have. */
export const shortcutStyle = css`
  h3 {
    margin: 14px 0 4px;
    color: var(--inkwire-faint);
    font-size: 12px;
    font-weight: 600;
  }

  input {
    box-sizing: border-box;
    width: 100%;
    margin: 12px 0 0;
    padding: 9px 12px;
    border: 1px solid var(--inkwire-faint);
    border-radius: 10px;
    color: inherit;
    background: none;
    font: inherit;
  }

  .keys {
    display: flex;
    gap: 6px;
    align-items: center;
    min-height: 28px;
    padding: 2px 6px;
  }

  .keys[aria-pressed='true'] {
    color: var(--inkwire-accent);
    background: var(--inkwire-accent-soft);
  }

  .none {
    color: var(--inkwire-faint);
  }

  kbd {
    padding: 2px 7px;
    border: 1px solid var(--inkwire-edge);
    border-bottom-width: 2px;
    border-radius: 6px;
    font: 12px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
    white-space: nowrap;
  }

  footer {
    margin-top: 10px;
    padding-top: 10px;
    border-top: 1px solid var(--inkwire-edge);
    color: var(--inkwire-faint);
    font-size: 12.5px;
  }

  .text {
    padding: 6px 10px;
    color: var(--inkwire-accent);
  }
`;
