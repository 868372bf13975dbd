import { glyphOf, parseStroke, spaceAdvance } from './alphabet.js';
import { type Knot, type PathPoint, pathThrough } from './curve.js';
import { moveAlong, type Sample } from './motion.js';
import { type PageContent, pages } from './pages.js';
import { jitter, type Random, seededRandom } from './random.js';

/** A stroke as a pen tablet reports it; times run on from stroke to stroke. */
export type TimedStroke = readonly Sample[];

export interface HandwritingOptions {
  /** The same seed writes the same page, point by point. */
  readonly seed: number;
  /** The space that the page may fill, in px, starting at (0, 0). */
  readonly width: number;
  readonly height: number;
  /** Which page to write; by default the next seed writes the next page. */
  readonly page?: PageContent;
}

/** Pen speed in x-heights per second, where the line bends as in a small letter. */
const speed = 30;
const intervalMs = 8;
/** Line distance in x-heights. */
const leading = 3.1;
const slant = 0.1;

/** One page by hand: a title with a line under it, some lines of text, and a sketch if there is room. */
export function writePage(options: HandwritingOptions): TimedStroke[] {
  const random = seededRandom(options.seed);
  const page = options.page ?? pages[options.seed % pages.length]!;
  const longest = Math.max(...[...page.lines.map((line) => widthOf(line) + 2.2), widthOf(page.title) * 1.2]);
  const rows = page.lines.length + 2;
  const xHeight = Math.min(18, options.width / (longest + 1), options.height / (rows * leading));
  const pen = createPen(random, xHeight);

  const titleBase = 2.4 * xHeight;
  const titleEnd = pen.write(page.title, 0, titleBase, 1.2);
  pen.draw([
    knot(0, titleBase + 0.8 * xHeight),
    knot(titleEnd * 0.5, titleBase + 0.65 * xHeight),
    knot(titleEnd, titleBase + 0.75 * xHeight),
  ]);
  let baseline = titleBase;
  for (const [index, line] of page.lines.entries()) {
    baseline += leading * xHeight * (index === 0 ? 1.25 : 1);
    pen.rest(260);
    if (page.boxes) pen.draw(boxAt(0, baseline, xHeight));
    if (page.boxes && index === 0) pen.draw(tickAt(0, baseline, xHeight));
    pen.write(line, page.boxes ? 2.2 * xHeight : 0, baseline, 1);
  }

  const textWidth = longest * xHeight;
  const room = {
    right: options.width - textWidth - 3 * xHeight,
    below: options.height - baseline - 3 * xHeight,
  };
  const size = Math.min(12 * xHeight, Math.max(room.right, room.below));
  if (size >= 5 * xHeight) {
    const beside = room.right >= room.below;
    pen.rest(420);
    for (const text of page.sketch) {
      pen.draw(
        parseStroke(text).map((point) => ({
          ...point,
          x: (beside ? textWidth + 2.5 * xHeight : xHeight) + (point.x / 100) * size,
          y: (beside ? titleBase : baseline + 2 * xHeight) + (point.y / 100) * size,
        })),
      );
    }
  }
  return pen.strokes;
}

function createPen(random: Random, xHeight: number) {
  const strokes: TimedStroke[] = [];
  let clock = 0;
  let last: PathPoint = { x: 0, y: 0 };
  const motion = { intervalMs, speed: speed * xHeight, bendRadius: xHeight / 2 };

  const rest = (ms: number) => {
    clock += ms * (1 + jitter(random) * 0.25);
  };
  const draw = (knots: readonly Knot[]) => {
    const wobbly = knots.map((point) => ({
      ...point,
      x: point.x + jitter(random) * 0.035 * xHeight,
      y: point.y + jitter(random) * 0.035 * xHeight,
    }));
    const path = pathThrough(wobbly, xHeight / 12);
    const start = path[0]!;
    // Through the air the pen is about twice as fast as on paper.
    rest(35 + (Math.hypot(start.x - last.x, start.y - last.y) / (motion.speed * 2)) * 1000);
    const samples = moveAlong(path, Math.round(clock), motion, random);
    strokes.push(samples);
    last = path[path.length - 1]!;
    clock = samples[samples.length - 1]![3];
  };
  /** Writes `text` and returns where it ends. */
  const write = (text: string, x: number, baseline: number, size: number): number => {
    const unit = (xHeight * size) / 10;
    const drift = jitter(random) * 0.006;
    let cursor = x;
    for (const letter of text) {
      if (letter === ' ') {
        cursor += spaceAdvance * unit;
        rest(70);
        continue;
      }
      const glyph = glyphOf(letter);
      const scale = unit * (1 + jitter(random) * 0.05);
      const lean = slant + jitter(random) * 0.03;
      const lift = baseline + drift * (cursor - x) + jitter(random) * 0.06 * xHeight;
      for (const stroke of glyph.strokes) {
        draw(
          stroke.map((point) => ({
            ...point,
            x: cursor + (point.x + point.y * lean) * scale,
            y: lift - point.y * scale,
          })),
        );
      }
      cursor += glyph.advance * scale;
    }
    return cursor;
  };
  return { strokes, draw, rest, write };
}

/** In x-heights. */
function widthOf(text: string): number {
  const advances = [...text].map((letter) => (letter === ' ' ? spaceAdvance : glyphOf(letter).advance));
  return advances.reduce((sum, advance) => sum + advance, 0) / 10;
}

function boxAt(x: number, baseline: number, xHeight: number): Knot[] {
  const [left, right, top, bottom] = [x, x + 1.2 * xHeight, baseline - 1.15 * xHeight, baseline];
  return [
    corner(left, top),
    corner(left, bottom),
    corner(right, bottom),
    corner(right, top),
    knot(left, top),
  ];
}

function tickAt(x: number, baseline: number, xHeight: number): Knot[] {
  return [
    knot(x + 0.25 * xHeight, baseline - 0.7 * xHeight),
    corner(x + 0.6 * xHeight, baseline - 0.2 * xHeight),
    knot(x + 1.6 * xHeight, baseline - 1.7 * xHeight),
  ];
}

function knot(x: number, y: number): Knot {
  return { x, y, corner: false };
}

function corner(x: number, y: number): Knot {
  return { x, y, corner: true };
}
