import { InkwireBoard } from './board-element.js';
import { ShortcutList } from './shortcut-list.js';

declare global {
  interface HTMLElementTagNameMap {
    'inkwire-board': InkwireBoard;
    'inkwire-shortcuts': ShortcutList;
  }
}

// A page may load two copies of this module; the first one stays.
if (customElements.get('inkwire-board') === undefined) customElements.define('inkwire-board', InkwireBoard);
if (customElements.get('inkwire-shortcuts') === undefined)
  customElements.define('inkwire-shortcuts', ShortcutList);

export type { ConnectionPort, ConnectionStatus } from './connection-port.js';
export { InkwireBoard };
