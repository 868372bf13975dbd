import type { Board } from '@inkwire/core';
import type { BoardConnection } from '@inkwire/transport';

export interface WelcomeOptions {
  readonly board: Board;
  readonly connection: BoardConnection;
  /** Where the first touch ends the welcome. */
  readonly surface: HTMLElement;
  readonly name: string;
  /** Who sees what is drawn. */
  readonly watcher: string;
}

/** Says what to do on an empty board, until somebody does it; and why nothing can be seen, where that is so. */
export function showWelcome(element: HTMLElement, options: WelcomeOptions): void {
  const { board, connection, surface, name, watcher } = options;
  const title = element.querySelector('.welcome-title')!;
  const text = element.querySelector('.welcome-text')!;
  let begun = false;
  const show = () => {
    const { access } = connection.status;
    [title.textContent, text.textContent] =
      access === 'none'
        ? ['Not your board', 'You may not open it. Whoever sent you the link can change that.']
        : access === 'read'
          ? ['An empty board', 'You may look on: what somebody draws appears here at once.']
          : [
              'An empty board',
              `Draw with mouse, finger or pen: ${watcher} sees it at once. Or let ${name} write a page.`,
            ];
    element.hidden = begun || board.size > 0;
  };
  board.subscribe(show);
  connection.on('status', show);
  surface.addEventListener('pointerdown', () => {
    begun = connection.status.access !== 'none';
    show();
  });
  show();
}
