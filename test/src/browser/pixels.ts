import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

export interface Difference {
  /** Pixels that differ. */
  readonly count: number;
  /** Pixels of the first picture that are not its background. */
  readonly inked: number;
}

/** Compares two PNGs of one size: every pixel that is not the same counts. Pictures are kept where there are any. */
export async function difference(first: Buffer, second: Buffer): Promise<Difference> {
  const [a, b] = [PNG.sync.read(first), PNG.sync.read(second)];
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`The pictures are ${a.width} × ${a.height} and ${b.width} × ${b.height} pixels.`);
  }
  const marked = new PNG({ width: a.width, height: a.height });
  const count = pixelmatch(a.data, b.data, marked.data, a.width, a.height, {
    threshold: 0,
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
