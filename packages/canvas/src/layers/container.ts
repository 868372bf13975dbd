/** The focusable element that holds a board, and the canvas that shows it. */
export interface Container {
  readonly container: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** @param label what screen readers call the board. */
export function createContainer(document: Document, signal: AbortSignal, label: string): Container {
  const container = document.createElement('div');
  container.className = 'inkwire-board';
  container.tabIndex = 0;
  container.setAttribute('role', 'application');
  container.setAttribute('aria-roledescription', 'whiteboard');
  container.setAttribute('aria-label', label);
  // The browser's own gestures would end a stroke after its first points.
  Object.assign(container.style, {
    position: 'relative',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    touchAction: 'none',
    userSelect: 'none',
    overscrollBehavior: 'none',
    // The ring of the focus is drawn over what lies below 0 in here, as the canvases do.
    isolation: 'isolate',
    outlineOffset: '-2px',
  });
  container.style.setProperty('-webkit-user-select', 'none');
  container.style.setProperty('-webkit-touch-callout', 'none');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    zIndex: '-1',
    display: 'block',
    maxWidth: 'none',
  });
  container.append(canvas);
  ringForKeys(container, signal);
  return { container, canvas };
}

/**
 * Shows the ring of the focus to whoever comes by keys, until a pointer is used. Browsers also show it from the first key
 * on that is pressed after a pointer, and where a script gives the focus: around a board that would be nearly always.
 */
function ringForKeys(container: HTMLElement, signal: AbortSignal): void {
  const show = (shown: boolean): void => {
    container.style.outlineStyle = shown ? '' : 'none';
  };
  show(false);
  /** What in the board lost the focus last: by then it may be taken away. */
  let inside: EventTarget | null = null;
  const onBlur = ({ target }: FocusEvent): void => {
    inside = target;
  };
  const onFocus = ({ relatedTarget: before }: FocusEvent): void => {
    // What is in the board gives the focus back when a text is written.
    if (before === null || before !== inside) show(before !== null && container.matches(':focus-visible'));
  };
  const onKeyUp = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Tab' && target === container) show(true);
  };
  container.addEventListener('blur', onBlur, { signal, capture: true });
  container.addEventListener('focus', onFocus, { signal });
  container.addEventListener('keyup', onKeyUp, { signal });
  container.addEventListener('pointerdown', () => show(false), { signal, capture: true });
}
