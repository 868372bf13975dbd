import { viewportMapping } from '../editor/pointer-sample.js';
import type { Exchange } from './exchange.js';
import { offerOf } from './offer.js';

/**
 * Copies, cuts, pastes and takes in what is dropped, by the browser's own events: no permission is needed for them.
 * Events of something inside the board, a text that is being written say, are left alone.
 */
export function attachExchange(container: HTMLElement, exchange: Exchange, signal: AbortSignal): void {
  const isForBoard = (event: Event) => event.target === container;
  /** Of the paste that is about to come: with Shift, only what it says. */
  let asText = false;

  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => container.addEventListener(name, listener, { signal });

  listen('keydown', ({ shiftKey }) => {
    asText = shiftKey;
  });
  // Where that is on the board is only asked when something is pasted: asking the layout for every event takes its time.
  listen('pointermove', ({ clientX, clientY }) =>
    exchange.setPointer(() => viewportMapping(container)({ clientX, clientY })),
  );
  listen('pointerleave', () => exchange.setPointer(null));
  listen('copy', (event) => {
    if (isForBoard(event) && event.clipboardData !== null && exchange.copy(event.clipboardData))
      event.preventDefault();
  });
  listen('cut', (event) => {
    if (isForBoard(event) && event.clipboardData !== null && exchange.cut(event.clipboardData))
      event.preventDefault();
  });
  listen('paste', (event) => {
    if (!isForBoard(event) || event.clipboardData === null) return;
    event.preventDefault();
    void exchange.takeIn(offerOf(event.clipboardData), { as: asText ? 'text' : 'all' });
  });
  listen('dragover', (event) => {
    if (event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  listen('drop', (event) => {
    if (event.dataTransfer === null) return;
    event.preventDefault();
    container.focus({ preventScroll: true });
    void exchange.takeIn(offerOf(event.dataTransfer), { at: viewportMapping(container)(event) });
  });
}
