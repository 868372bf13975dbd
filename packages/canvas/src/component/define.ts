import { InkwireBoard } from './board-element.js';

declare global {
  interface HTMLElementTagNameMap {
    'inkwire-board': InkwireBoard;
  }
}

// A page may load two copies of this module; the first one stays.
if (customElements.get('inkwire-board') === undefined) customElements.define('inkwire-board', InkwireBoard);

export type { ConnectionPort, ConnectionStatus } from './connection-port.js';
export { InkwireBoard };
