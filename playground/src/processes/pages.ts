import { fileURLToPath } from 'node:url';
import { createLogger, createServer, defaultClientConditions } from 'vite';
import { endOnSignal } from './end-on-signal.js';
import { freePort } from './free-port.js';
import { setting } from './setting.js';

/** Vite, with the packages as sources and the server behind `/inkwire`, so that pages talk to one origin. */
const port = Number(setting('PORT')) || (await freePort());
const logger = createLogger('error', { allowClearScreen: false });
const vite = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  cacheDir: setting('CACHE'),
  customLogger: {
    ...logger,
    // Whether the server can be reached, every page says by itself.
    error: (message, options) => message.includes('http proxy error') || logger.error(message, options),
  },
  resolve: { conditions: ['@inkwire/source', ...defaultClientConditions] },
  define: {
    'import.meta.env.PUSHER_KEY': JSON.stringify(setting('PUSHER_KEY')),
    'import.meta.env.PUSHER_PORT': setting('PUSHER_PORT'),
  },
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    // People draw here: a page never reloads by itself.
    ws: false,
    watch: null,
    warmup: { clientFiles: ['./src/page/main.ts'] },
    proxy: {
      '/inkwire': { target: setting('SERVER'), rewrite: (path) => path.slice('/inkwire'.length) },
    },
  },
});
await vite.listen();
console.log(`The pages are at http://127.0.0.1:${port}`);

endOnSignal(() => vite.close());
