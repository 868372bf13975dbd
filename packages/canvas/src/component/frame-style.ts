import { css } from 'lit';

/** Where the parts of the component are: the board everywhere, the panels over it. */
export const frameStyle = css`
  :host {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
    min-height: 200px;
    overflow: hidden;
    contain: content;
    font: 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
    -webkit-font-smoothing: antialiased;
  }

  :host([hidden]) {
    display: none;
  }

  .frame {
    --inkwire-paper: #fdfdfb;
    position: absolute;
    inset: 0;
    container: inkwire / size;
  }

  .frame.dark {
    --inkwire-paper: #17181b;
    color-scheme: dark;
  }

  .surface,
  .over {
    position: absolute;
    inset: 0;
  }

  .over {
    pointer-events: none;
  }

  .top {
    position: absolute;
    top: calc(12px + env(safe-area-inset-top));
    right: 14px;
    left: 14px;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }

  .bottom {
    position: absolute;
    right: 8px;
    bottom: calc(14px + env(safe-area-inset-bottom));
    left: 8px;
    display: flex;
    /* Of what is tabbed through, the tools come first, and they lie at the bottom. */
    flex-direction: column-reverse;
    align-items: center;
    gap: 8px;
  }

  .corner {
    position: absolute;
    right: 14px;
    bottom: calc(14px + env(safe-area-inset-bottom));
  }
`;
