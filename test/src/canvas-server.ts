import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** No inline style, no inline script, nothing from elsewhere: what strict apps send. */
const STRICT_POLICY = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws:";

/** Serves the page that the canvas tests open, from the packages' sources, on a free port. */
export async function serveCanvasPage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  // Several runs at once must not write into one cache.
  const cacheDir = fileURLToPath(new URL(`../node_modules/.vite/canvas-${process.pid}`, import.meta.url));
  const server = await createServer({
    root: fileURLToPath(new URL('./canvas-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    resolve: { conditions: ['@inkwire/source', 'module', 'browser', 'development|production'] },
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      headers: { 'Content-Security-Policy': STRICT_POLICY },
      fs: { strict: false },
    },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite listens nowhere.');
  return {
    url,
    async close() {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
