import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';

/** No inline style, no inline script, nothing from elsewhere: what strict apps send. */
const STRICT_POLICY = "default-src 'self'; img-src 'self' data:";

/** Serves the page that the canvas tests open, built from the packages' sources, on a free port. */
export async function serveCanvasPage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  // Several runs at once must not write into one folder.
  const outDir = fileURLToPath(new URL(`../node_modules/.vite/canvas-${process.pid}`, import.meta.url));
  const config: InlineConfig = {
    root: fileURLToPath(new URL('./canvas-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@inkwire/source', 'module', 'browser', 'production'] },
    build: { outDir, emptyOutDir: true, minify: false, target: 'es2022' },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'Content-Security-Policy': STRICT_POLICY },
    },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite listens nowhere.');
  return {
    url,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
