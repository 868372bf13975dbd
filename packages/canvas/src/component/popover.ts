import { css } from 'lit';

/** Which list of the bars is open: one at most. */
export interface Popovers {
  readonly open: string | null;
  toggle(name: string): void;
  close(): void;
}

export const popoverStyle = css`
  .popover {
    position: absolute;
    bottom: calc(100% + 8px);
    left: 50%;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 2px;
    width: max-content;
    max-width: min(100cqw - 16px, 340px);
    padding: 5px;
    box-sizing: border-box;
    /* It lies over the bars themselves. */
    background: linear-gradient(var(--inkwire-panel), var(--inkwire-panel)), var(--inkwire-paper);
    transform: translateX(-50%);
  }

  button[aria-expanded='true'] {
    background: var(--inkwire-hover);
  }
`;
