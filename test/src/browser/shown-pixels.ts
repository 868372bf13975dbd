/** A rectangle in device pixels. */
export interface ShownPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the canvases in `root` that are to be seen show together, one over the other, without scaling. */
export function shownPixels(root: HTMLElement, part: ShownPart = wholeOf(root)): ImageData {
  const context = new OffscreenCanvas(part.width, part.height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to read from.');
  const place = root.getBoundingClientRect();
  for (const canvas of root.querySelectorAll('canvas')) {
    const { left, top, width } = canvas.getBoundingClientRect();
    if (width === 0 || canvas.width === 0 || getComputedStyle(canvas).visibility === 'hidden') continue;
    const x = Math.round((left - place.left) * devicePixelRatio);
    const y = Math.round((top - place.top) * devicePixelRatio);
    context.drawImage(canvas, x - part.x, y - part.y);
  }
  return context.getImageData(0, 0, part.width, part.height);
}

function wholeOf({ clientWidth, clientHeight }: HTMLElement): ShownPart {
  const [width, height] = [clientWidth, clientHeight].map((length) => Math.round(length * devicePixelRatio));
  return { x: 0, y: 0, width: width ?? 0, height: height ?? 0 };
}
