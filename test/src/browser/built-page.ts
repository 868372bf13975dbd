import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type PreviewOptions, preview } from 'vite';

/** A page that a browser can open until it is closed. */
export interface BuiltPage {
  readonly url: string;
  /** What lies in this folder is served beside the page. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface BuiltPageOptions {
  /** The HTML files, by their names in the page's folder. Default `index.html`. */
  readonly pages?: readonly string[];
  readonly headers?: PreviewOptions['headers'];
  /** The address of the server that is `/inkwire` on the page. */
  readonly inkwire?: string;
}

/** Serves the page whose sources are in the folder `root`, built from the packages' sources as an app would, on a free port. */
export async function serveBuiltPage(root: URL, options: BuiltPageOptions = {}): Promise<BuiltPage> {
  const { pages = ['index.html'], headers, inkwire } = options;
  const folder = await mkdtemp(join(tmpdir(), 'inkwire-page-'));
  const sources = fileURLToPath(root);
  const config: InlineConfig = {
    root: sources,
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: {
      conditions: ['@inkwire/source', 'module', 'browser', 'production'],
      // Two copies of Yjs do not know each other's documents.
      dedupe: ['yjs'],
    },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 1e6,
      rolldownOptions: { input: pages.map((page) => join(sources, page)) },
    },
    preview: {
      host: '127.0.0.1',
      port: 0,
      ...(headers && { headers }),
      ...(inkwire !== undefined && {
        proxy: { '/inkwire': { target: inkwire, rewrite: (path) => path.replace('/inkwire', '') } },
      }),
    },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite listens nowhere.');
  return {
    url,
    folder,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
