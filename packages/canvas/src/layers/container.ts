/** The focusable element that holds a board, and the canvas that shows it. */
export interface Container {
  readonly container: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** @param label what screen readers call the board. */
export function createContainer(document: Document, label: string): Container {
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
    display: 'block',
    maxWidth: 'none',
  });
  container.append(canvas);
  return { container, canvas };
}
