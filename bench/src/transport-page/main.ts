import { mountBare } from './bare.js';
import { mountInkwire } from './inkwire.js';
import type { PointerMoment, Surface } from './screen.js';

const settings = new URL(location.href).searchParams;
const place = document.querySelector<HTMLElement>('#board');
if (place === null) throw new Error('The page has no place for a board.');

/** Milliseconds since the epoch, of an event of this page. */
const momentOf = ({ timeStamp }: Event): number => Date.now() - (performance.now() - timeStamp);

/** Resolves after the frame in which everything that was there before has been painted. */
const afterFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });

const surface: Surface =
  settings.get('kind') === 'bare' ? await mountBare(place, settings) : await mountInkwire(place, settings);

const moves: PointerMoment[] = [];
const ups: PointerMoment[] = [];
for (const [type, list] of [
  ['pointermove', moves],
  ['pointerup', ups],
] as const)
  window.addEventListener(type, (event) => void list.push({ x: event.clientX, at: momentOf(event) }), true);

const transportPage = {
  /** What the pointer of this page did. */
  moves,
  ups,
  /** When a stroke was first seen at this place, ms since the epoch. */
  async seenAt(x: number, y: number): Promise<number> {
    const { canvas } = surface;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The canvas has no context.');
    const scale = canvas.width / canvas.clientWidth;
    for (;;) {
      await afterFrame();
      const [red = 255] = context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data;
      if (red < 128) return Date.now();
    }
  },
  /** Notes how far the other's stroke reaches, in what arrived and in what is painted, until the page is left. */
  watch(): { readonly arrivals: PointerMoment[]; readonly pictures: PointerMoment[] } {
    const arrivals: PointerMoment[] = [];
    const pictures: PointerMoment[] = [];
    surface.onArrival(() => void arrivals.push({ x: surface.arrived(), at: Date.now() }));
    const look = async (): Promise<void> => {
      for (;;) {
        await afterFrame();
        pictures.push({ x: surface.painted(), at: Date.now() });
      }
    };
    void look();
    return { arrivals, pictures };
  },
};

declare global {
  interface Window {
    transportPage: typeof transportPage;
  }
}
window.transportPage = transportPage;
