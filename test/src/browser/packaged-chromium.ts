import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** A browser's program and what its process needs to find in the environment. */
export interface BrowserProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const packageEntry = createRequire(import.meta.url).resolve('@sparticuz/chromium');

/** Whether the npm package carries a program for this machine: it is built for Linux on x64 alone. */
export function hasPackagedChromium(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The Chromium inside the npm package `@sparticuz/chromium`, unpacked once per version into the folder for temporary
 * files, together with the libraries (NSS, NSPR, …) and fonts that a bare Linux does not have.
 */
export async function packagedChromium(): Promise<BrowserProgram> {
  const folder = join(tmpdir(), `inkwire-chromium-${await packageVersion()}-${process.getuid?.() ?? 0}`);
  if (!existsSync(folder)) await unpack(folder);
  const libraries = join(folder, 'al2023', 'lib');
  const inherited = process.env.LD_LIBRARY_PATH;
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries,
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

/**
 * Unpacks beside `folder` and then renames. Test files run in parallel processes: whoever comes second finds the
 * folder there, and nobody ever sees half of it.
 */
async function unpack(folder: string): Promise<void> {
  const staging = await mkdtemp(`${folder}-unpacking-`);
  try {
    // The package unpacks into the folder for temporary files of its own process, and adds the libraries only where
    // it believes to be on Amazon Linux; both are read from the environment.
    const code = `const { default: chromium } = await import(${JSON.stringify(esmEntry())}); await chromium.executablePath();`;
    await writeFile(join(staging, 'unpack.mjs'), code);
    await promisify(execFile)(process.execPath, [join(staging, 'unpack.mjs')], {
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    await writeFile(join(staging, 'fonts', 'fonts.conf'), fontConfiguration(folder));
    await rename(staging, folder);
  } catch (error) {
    if (!isOccupied(error)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The package's own configuration looks for the fonts where Amazon keeps them. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function esmEntry(): string {
  return pathToFileURL(join(dirname(dirname(packageEntry)), 'esm', 'index.js')).href;
}

async function packageVersion(): Promise<string> {
  const manifest = await readFile(join(dirname(packageEntry), '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function isOccupied(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}
