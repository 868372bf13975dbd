/** Says things to people who listen to the page, without interrupting them. */
export interface Announcer {
  /** Soon; what is said at once is said together, and the last of what replaces each other. */
  say(text: string): void;
  destroy(): void;
}

/** What {@link createAnnouncer} needs of a window. */
export interface AnnouncerTimers {
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(handle: number | undefined): void;
}

/** So that what follows at once is said with it (ms). */
const PAUSE = 120;

export function createAnnouncer(container: HTMLElement, timers: AnnouncerTimers): Announcer {
  const region = container.ownerDocument.createElement('div');
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  region.className = 'inkwire-announcements';
  hideFromSight(region);
  container.append(region);
  let waiting: string[] = [];
  let timer: number | undefined;

  function speak(): void {
    timer = undefined;
    const text = waiting.join(' ');
    waiting = [];
    // The same words again are news too: a text that did not change would not be read.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  }

  return {
    say(text) {
      if (!waiting.includes(text)) waiting.push(text);
      timer ??= timers.setTimeout(speak, PAUSE);
    },
    destroy() {
      timers.clearTimeout(timer);
      region.remove();
    },
  };
}

/** There for screen readers alone. Styles are set through the CSS object model, which a strict policy allows. */
export function hideFromSight(element: HTMLElement): void {
  Object.assign(element.style, {
    position: 'absolute',
    width: '1px',
    height: '1px',
    margin: '-1px',
    padding: '0',
    border: '0',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  });
}
