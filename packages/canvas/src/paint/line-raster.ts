/** Opaque pixels of a part of a canvas, row by row, each the 32 bits `0xffbbggrr`. */
export interface Pixels {
  /** Where the part lies on the canvas. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Int32Array;
}

/** How far the round end of a line reaches, in widths of it: as far as a square one of the same area. */
const CAP = Math.PI / 8;
/** Coverage and opacity are counted in so many steps: all of them are a whole pixel. */
const OPAQUE = 256;

/**
 * Draws lines from point to point, at most a pixel wide, each over what is there: a line covers a pixel's length across
 * its direction and is as faint as it is thin, which is how browsers draw such lines too. What lies outside is left out,
 * and no pixel depends on how much of the canvas is drawn at once.
 *
 * @param points `[x0, y0, x1, y1, …]` in the canvas's pixels, of which the first `length` numbers count.
 * @param color as pixels are.
 * @param strength the line's width times its opacity, 0..1.
 */
export function drawThinLine(
  { left, top, width, height, data }: Pixels,
  points: ArrayLike<number>,
  length: number,
  color: number,
  strength: number,
): void {
  const full = OPAQUE * strength;
  const last = length - 2;
  const redBlue = color & RED_BLUE;
  const green = color & GREEN;
  let x = points[0] as number;
  let y = points[1] as number;
  // A line that goes nowhere is still a dot.
  for (let i = last === 0 ? 0 : 2; i <= last; i += 2) {
    const nextX = points[i] as number;
    const nextY = points[i + 1] as number;
    const dx = nextX - x;
    const dy = nextY - y;
    // It is followed along the axis that it is nearer to. One test for all of this: no processor foresees it.
    let start: number;
    let end: number;
    let slope: number;
    // Less half a pixel: two neighbours share it by how far it is from the middles of them.
    let across: number;
    let first: number;
    let limit: number;
    let stride: number;
    let firstAcross: number;
    let lastAcross: number;
    let strideAcross: number;
    if (Math.abs(dy) > Math.abs(dx)) {
      start = y;
      end = nextY;
      slope = dx / dy;
      across = x - y * slope - 0.5;
      first = top;
      limit = top + height;
      stride = width;
      firstAcross = left;
      lastAcross = left + width - 1;
      strideAcross = 1;
    } else {
      start = x;
      end = nextX;
      slope = dx === 0 ? 0 : dy / dx;
      across = y - x * slope - 0.5;
      first = left;
      limit = left + width;
      stride = 1;
      firstAcross = top;
      lastAcross = top + height - 1;
      strideAcross = width;
    }
    x = nextX;
    y = nextY;
    if (i <= 2 || i === last) {
      const cap = CAP / Math.sqrt(1 + slope * slope);
      const ahead = end < start ? -cap : cap;
      if (i <= 2) start -= ahead;
      if (i === last) end += ahead;
    }

    // From its lower end to its upper one.
    let from = Math.max(Math.min(start, end), first);
    const until = Math.min(Math.max(start, end), limit);
    let pixel = Math.floor(from) | 0;
    for (let row = (pixel - first) * stride; from < until; row += stride) {
      pixel++;
      const to = Math.min(until, pixel);
      const amount = full * (to - from);
      const place = across + ((from + to) / 2) * slope;
      from = to;
      // Asked before it is made a whole number, which the ends of the range are too far away for.
      if (place >= firstAcross - 1 && place < lastAcross + 1) {
        const lower = Math.floor(place) | 0;
        const upperAmount = amount * (place - lower);
        const at = row + (lower - firstAcross) * strideAcross;
        if (lower >= firstAcross) blend(data, at, redBlue, green, (amount - upperAmount + 0.5) | 0);
        if (lower < lastAcross) blend(data, at + strideAcross, redBlue, green, (upperAmount + 0.5) | 0);
      }
    }
  }
}

const RED_BLUE = 0x00ff00ff;
const GREEN = 0x0000ff00;
const ALPHA = 0xff000000;

/**
 * Lays a colour, its red and blue apart from its green, over a pixel; `amount` of {@link OPAQUE} is all of it. Red and blue
 * are mixed at once: neither reaches into the other's bits.
 */
function blend(data: Int32Array, at: number, redBlue: number, green: number, amount: number): void {
  const pixel = data[at] as number;
  const redBlueBelow = pixel & RED_BLUE;
  const greenBelow = pixel & GREEN;
  // OPAQUE times what is below, and `amount` times how far the colour is from that.
  const mixed = (redBlueBelow << 8) + Math.imul(redBlue - redBlueBelow, amount) + 0x00800080;
  const mixedGreen = (greenBelow << 8) + Math.imul(green - greenBelow, amount) + 0x00008000;
  data[at] = ALPHA | ((mixed >>> 8) & RED_BLUE) | ((mixedGreen >>> 8) & GREEN);
}
