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
  let x = points[0] as number;
  let y = points[1] as number;
  // A line that goes nowhere is still a dot.
  for (let i = last === 0 ? 0 : 2; i <= last; i += 2) {
    const nextX = points[i] as number;
    const nextY = points[i + 1] as number;
    const dx = nextX - x;
    const dy = nextY - y;
    // It is followed along the axis that it is nearer to, from its lower end there to its upper one.
    const isSteep = Math.abs(dy) > Math.abs(dx);
    const isBackward = isSteep ? dy < 0 : dx < 0;
    const slope = isSteep ? dx / dy : dx === 0 ? 0 : dy / dx;
    let from = isSteep ? (isBackward ? nextY : y) : isBackward ? nextX : x;
    let end = isSteep ? (isBackward ? y : nextY) : isBackward ? x : nextX;
    // Less half a pixel: two neighbours share it by how far it is from the middles of them.
    const across = (isSteep ? x - y * slope : y - x * slope) - 0.5;
    x = nextX;
    y = nextY;
    if (i <= 2 || i === last) {
      const cap = CAP / Math.sqrt(1 + slope * slope);
      if (isBackward ? i === last : i <= 2) from -= cap;
      if (isBackward ? i <= 2 : i === last) end += cap;
    }

    const first = isSteep ? top : left;
    const limit = isSteep ? top + height : left + width;
    const firstAcross = isSteep ? left : top;
    const lastAcross = (isSteep ? left + width : top + height) - 1;
    const stride = isSteep ? width : 1;
    const strideAcross = isSteep ? 1 : width;
    if (from < first) from = first;
    if (end > limit) end = limit;
    let pixel = Math.floor(from) | 0;
    for (let row = (pixel - first) * stride; from < end; row += stride) {
      pixel++;
      const to = Math.min(end, pixel);
      const amount = full * (to - from);
      const place = across + ((from + to) / 2) * slope;
      from = to;
      // Asked before it is made a whole number, which the ends of the range are too far away for.
      if (place >= firstAcross - 1 && place < lastAcross + 1) {
        const lower = Math.floor(place) | 0;
        const upperAmount = amount * (place - lower);
        const at = row + (lower - firstAcross) * strideAcross;
        if (lower >= firstAcross) blend(data, at, color, (amount - upperAmount + 0.5) | 0);
        if (lower < lastAcross) blend(data, at + strideAcross, color, (upperAmount + 0.5) | 0);
      }
    }
  }
}

const RED_BLUE = 0x00ff00ff;
const GREEN = 0x0000ff00;
const ALPHA = 0xff000000;

/** Lays a colour over a pixel; `amount` of {@link OPAQUE} is all of it. */
function blend(data: Int32Array, at: number, color: number, amount: number): void {
  const rest = OPAQUE - amount;
  const pixel = data[at] as number;
  // Red and blue at once: neither reaches into the other's bits.
  const redBlue =
    (Math.imul(color & RED_BLUE, amount) + Math.imul(pixel & RED_BLUE, rest) + 0x00800080) >>> 8;
  const green = (Math.imul(color & GREEN, amount) + Math.imul(pixel & GREEN, rest) + 0x00008000) >>> 8;
  data[at] = ALPHA | (redBlue & RED_BLUE) | (green & GREEN);
}
