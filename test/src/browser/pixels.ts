import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/**
 * Pixels are the same when they are at most so far apart in pixelmatch's measure: 0.2 is 53 of 255 steps of grey.
 * Where a stroke was added, only the pixels around it are painted again, and within such a clip Skia blends the edges
 * of the lines that cross it a little differently (up to 37 steps were seen, in 1 of 100 inked pixels). A line that
 * is missing, or a quarter of a pixel off, is further apart.
 */
const tolerance = 0.2;

export interface Difference {
  /** Pixels that are not the same. */
  readonly count: number;
  /** Pixels of the first picture that are not its background. */
  readonly inked: number;
}

/** Compares two PNGs of one size: pictures are kept where they differ. */
export async function difference(first: Buffer, second: Buffer): Promise<Difference> {
  const [a, b] = [PNG.sync.read(first), PNG.sync.read(second)];
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`The pictures are ${a.width} × ${a.height} and ${b.width} × ${b.height} pixels.`);
  }
  const marked = new PNG({ width: a.width, height: a.height });
  const count = pixelmatch(a.data, b.data, marked.data, a.width, a.height, {
    threshold: tolerance,
    includeAA: true,
  });
  if (count > 0) {
    const folder = await mkdtemp(join(tmpdir(), 'inkwire-difference-'));
    await writeFile(join(folder, 'first.png'), first);
    await writeFile(join(folder, 'second.png'), second);
    await writeFile(join(folder, 'difference.png'), PNG.sync.write(marked));
    console.log(`${count} pixels differ: see ${folder}`);
  }
  return { count, inked: inkedPixels(a) };
}

function inkedPixels({ data }: PNG): number {
  let count = 0;
  for (let offset = 4; offset < data.length; offset += 4) {
    const differs = [0, 1, 2, 3].some((channel) => data[offset + channel] !== data[channel]);
    if (differs) count += 1;
  }
  return count;
}
