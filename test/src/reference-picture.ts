import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { difference } from './canvas-browser.js';

const folder = new URL('./pictures/', import.meta.url);
/** Rasterisers differ from machine to machine along edges: by so many of 255 steps, or more in this part of the pixels. */
const SHADE = 48;
const SHADED = 0.002;

/**
 * Expects a picture to look as the one that is kept under this name. With `INKWIRE_UPDATE_PICTURES=1` in the environment
 * it is kept instead: look at it before it is committed.
 */
export async function expectPicture(picture: PNG, name: string): Promise<void> {
  const file = new URL(`${name}.png`, folder);
  if (process.env.INKWIRE_UPDATE_PICTURES === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(file, smallest(picture));
    return;
  }
  expect(existsSync(file), `${name}.png is missing: run again with INKWIRE_UPDATE_PICTURES=1`).toBe(true);
  const kept = PNG.sync.read(await readFile(file));
  const { pixels } = difference(kept, picture, SHADE);
  const allowed = picture.width * picture.height * SHADED;
  if (pixels > allowed) {
    const seen = join(await mkdtemp(join(tmpdir(), 'inkwire-picture-')), `${name}.png`);
    await writeFile(seen, smallest(picture));
    expect.fail(`${pixels} pixels differ from ${name}.png, ${allowed} may: see ${seen}`);
  }
}

/** With every channel in steps of 8, far below what may differ: half the bytes. */
function smallest({ width, height, data }: PNG): Buffer {
  const picture = new PNG({ width, height });
  for (let i = 0; i < data.length; i++) picture.data[i] = Math.min((((data[i] ?? 0) + 4) >> 3) << 3, 255);
  return PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 });
}
