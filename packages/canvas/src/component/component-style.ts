import { css } from 'lit';

/** Colours, and what all panels over the board have in common. */
export const panelStyle = css`
  :host {
    --inkwire-panel: rgb(255 255 255 / 0.92);
    --inkwire-edge: rgb(20 22 30 / 0.09);
    --inkwire-shadow: 0 1px 2px rgb(20 22 30 / 0.06), 0 6px 24px rgb(20 22 30 / 0.1);
    --inkwire-text: #2a2c33;
    --inkwire-faint: #6a6e7a;
    --inkwire-hover: rgb(20 22 30 / 0.06);
    --inkwire-accent: #3b5bdb;
    --inkwire-accent-soft: #e5eaff;
    --inkwire-good: #2b8a3e;
    --inkwire-warning: #c2410c;
  }

  .dark {
    --inkwire-panel: rgb(38 40 46 / 0.92);
    --inkwire-edge: rgb(255 255 255 / 0.1);
    --inkwire-shadow: 0 1px 2px rgb(0 0 0 / 0.3), 0 6px 24px rgb(0 0 0 / 0.35);
    --inkwire-text: #e9e9e6;
    --inkwire-faint: #a3a6b0;
    --inkwire-hover: rgb(255 255 255 / 0.08);
    --inkwire-accent: #91a7ff;
    --inkwire-accent-soft: rgb(116 143 252 / 0.24);
    --inkwire-good: #69db7c;
    --inkwire-warning: #ffa94d;
  }

  .panel {
    display: flex;
    align-items: center;
    color: var(--inkwire-text);
    background: var(--inkwire-panel);
    border: 1px solid var(--inkwire-edge);
    border-radius: 14px;
    box-shadow: var(--inkwire-shadow);
    backdrop-filter: blur(10px);
    pointer-events: auto;
  }
`;

/** Buttons with a tooltip and a focus ring. */
export const buttonStyle = css`
  button {
    position: relative;
    display: grid;
    place-items: center;
    min-width: 38px;
    height: 38px;
    padding: 0;
    margin: 0;
    border: 0;
    border-radius: 10px;
    color: inherit;
    background: none;
    font: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    transition: background-color 0.12s;
  }

  button:hover:not(:disabled) {
    background: var(--inkwire-hover);
  }

  button[aria-pressed='true'] {
    color: var(--inkwire-accent);
    background: var(--inkwire-accent-soft);
  }

  button:disabled {
    opacity: 0.32;
    cursor: default;
  }

  button:focus-visible {
    outline: 2px solid var(--inkwire-accent);
    outline-offset: 1px;
  }

  button > svg {
    display: block;
    pointer-events: none;
  }

  button[data-tip]::after {
    content: attr(data-tip);
    position: absolute;
    bottom: calc(100% + 12px);
    left: 50%;
    padding: 4px 9px 5px;
    border-radius: 7px;
    color: #fff;
    background: #24262c;
    font-size: 12px;
    line-height: 1.3;
    white-space: nowrap;
    pointer-events: none;
    opacity: 0;
    transform: translate(-50%, 3px);
    transition:
      opacity 0.12s,
      transform 0.12s;
  }

  /* The last ones end at the edge of small boards. */
  [role='toolbar'] > :last-child button[data-tip]::after,
  [role='toolbar'] > button[data-tip]:last-child::after {
    inset-inline: auto 0;
    transform: translate(0, 3px);
  }

  .dark button[data-tip]::after {
    color: #1c1d21;
    background: #ecebe7;
  }

  @media (hover: hover) {
    button[data-tip]:hover::after {
      opacity: 1;
      transform: translate(-50%, 0);
      transition-delay: 0.35s;
    }
  }

  button[data-tip]:focus-visible::after {
    opacity: 1;
    transform: translate(-50%, 0);
  }

  [role='toolbar'] > :last-child button[data-tip]:is(:hover, :focus-visible)::after,
  [role='toolbar'] > button[data-tip]:last-child:is(:hover, :focus-visible)::after {
    transform: none;
  }

  @media (prefers-reduced-motion: reduce) {
    button,
    button[data-tip]::after {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
