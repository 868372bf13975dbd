import { fromOklch, toOklch } from './color.js';
import type { Theme } from './theme.js';

/** One of the layers that a marker's ink consists of, each with the marker's opacity over the one before. */
export interface MarkerLayer {
  readonly color: string;
  /** How it is laid over what is there, as canvases and CSS call it. */
  readonly blend: 'multiply' | 'screen';
}

/** The lightness of what shines on dark paper: any lighter, and light letters could not be told from it. */
const BRIGHTEST = 0.56;
const onDarkPaper = new Map<string, readonly MarkerLayer[]>();
/** More than boards have, but for those that somebody made to have very many: layers are made anew then. */
const MOST_COLORS = 256;

/**
 * The layers of a marker of this colour, which was adapted to the theme. On light paper it only takes light away, so
 * that dark letters stay as dark as they were. On dark paper that shows on notes and pictures alone, which are light
 * there, too; so it adds some light as well, which shows on the paper alone, and leaves letters of both sorts readable.
 */
export function markerLayers(color: string, { dark, forced }: Theme): readonly MarkerLayer[] {
  if (!dark) return [{ color, blend: 'multiply' }];
  // Where the device insists on its colours, everything lies on its paper.
  if (forced) return [{ color, blend: 'screen' }];
  let layers = onDarkPaper.get(color);
  if (layers === undefined) {
    layers = [
      { color, blend: 'multiply' },
      { color: dimmed(color), blend: 'screen' },
    ];
    if (onDarkPaper.size === MOST_COLORS) onDarkPaper.clear();
    onDarkPaper.set(color, layers);
  }
  return layers;
}

function dimmed(color: string): string {
  const bright = toOklch(color);
  if (bright === null) return color;
  return fromOklch({ ...bright, lightness: Math.min(bright.lightness, BRIGHTEST) });
}
