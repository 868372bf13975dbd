import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';
import type { Layout } from './load-page/main.js';

/** Serves the page that loads boards, built from the packages' sources as an app would, with the snapshots it loads. */
export const serveLoadPage = async (
  snapshots: Readonly<Record<Layout, Uint8Array>>,
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const outDir = await mkdtemp(join(tmpdir(), 'inkwire-load-page-'));
  const config: InlineConfig = {
    root: fileURLToPath(new URL('../src/load-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@inkwire/source', 'module', 'browser', 'production'] },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    preview: { host: '127.0.0.1', port: 0 },
  };
  await build(config);
  for (const [layout, snapshot] of Object.entries(snapshots)) {
    await writeFile(join(outDir, `${layout}.bin`), snapshot);
  }
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
};
