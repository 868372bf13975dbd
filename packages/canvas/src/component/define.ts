import { InkwireBoard } from './board-element.js';
import { ImportReport } from './import-report.js';
import { ShortcutList } from './shortcut-list.js';

declare global {
  interface HTMLElementTagNameMap {
    'inkwire-board': InkwireBoard;
    'inkwire-shortcuts': ShortcutList;
    'inkwire-import-report': ImportReport;
  }
}

for (const [name, element] of [
  ['inkwire-board', InkwireBoard],
  ['inkwire-shortcuts', ShortcutList],
  ['inkwire-import-report', ImportReport],
] as const) {
  // A page may load two copies of this module; the first one stays.
  if (customElements.get(name) === undefined) customElements.define(name, element);
}

export type { ConnectionPort, ConnectionStatus } from './connection-port.js';
export { InkwireBoard };
