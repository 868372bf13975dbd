import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';

export interface PageServer {
  readonly url: string;
  /** Serves `bytes` beside the page. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Serves the page on which the contenders draw, built from the packages' sources as an app would. */
export const serveRenderPage = async (): Promise<PageServer> => {
  const outDir = await mkdtemp(join(tmpdir(), 'inkwire-render-page-'));
  const config: InlineConfig = {
    root: fileURLToPath(new URL('../src/render-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: { conditions: ['@inkwire/source', 'module', 'browser', 'production'] },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1e6 },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite listens nowhere.');
  return {
    url,
    add: (name, bytes) => writeFile(join(outDir, name), bytes),
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
};
