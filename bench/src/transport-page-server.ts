import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, preview } from 'vite';

/** Serves the page that draws, built from the packages' sources as an app would; `/inkwire` on it is the server at `address`. */
export const serveTransportPage = async (
  address: string,
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const outDir = await mkdtemp(join(tmpdir(), 'inkwire-transport-page-'));
  const config: InlineConfig = {
    root: fileURLToPath(new URL('../src/transport-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@inkwire/source', 'module', 'browser', 'production'] },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: { '/inkwire': { target: address, rewrite: (path) => path.replace('/inkwire', '') } },
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
};
