#!/usr/bin/env node
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import type { InkwireServerOptions } from './options.js';
import { InkwireConfigError } from './refusal.js';
import { createInkwireServer, type InkwireServer } from './server.js';

const USAGE = `inkwire-server --config FILE [--port N] [--host ADDRESS]

  --config FILE   a module whose default export holds the options of createInkwireServer
  --port N        the port to listen on; 0 for any free one (default 8200)
  --host ADDRESS  the address to listen on (default 127.0.0.1)

Prints one line of JSON with the address it listens on.
`;

/** Longer than proxies keep idle connections, so that none is closed under a request that is just being sent. */
const KEEP_ALIVE_MS = 65_000;

/** How long a stopping program waits for answers that are complete to go out. */
const FLUSH_WITHIN_MS = 1_000;

/** Says what is wrong, and ends the process. */
const fail = (error: Error): never => {
  process.stderr.write(`inkwire-server: ${error.message}\n`);
  process.exit(1);
};

const readFlags = () => {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      port: { type: 'string', default: '8200' },
      host: { type: 'string', default: '127.0.0.1' },
      help: { type: 'boolean', default: false },
    },
  });
  const { port } = values;
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    throw new InkwireConfigError('port', `--port takes a number from 0 to 65535, not ${port}.`);
  return { ...values, port: Number(port) };
};

const flags = await Promise.resolve().then(readFlags).catch(fail);
if (flags.help || flags.config === undefined) {
  process.stdout.write(USAGE);
  process.exit(flags.help ? 0 : 2);
}

const start = async (file: string): Promise<InkwireServer> => {
  const { default: options } = await import(pathToFileURL(resolve(file)).href).then(
    (module: { readonly default?: InkwireServerOptions }) => module,
    (error: Error) => {
      throw new InkwireConfigError('config', `${file} cannot be loaded: ${error.message}`);
    },
  );
  if (!options) throw new InkwireConfigError('config', `${file} has no default export: export the options.`);
  return createInkwireServer(options);
};

const inkwire = await start(flags.config).catch(fail);
const listener = serve(
  {
    fetch: (request) => inkwire.fetch(request),
    port: flags.port,
    hostname: flags.host,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  },
  ({ port, address, family }) => {
    const host = family === 'IPv6' ? `[${address}]` : address;
    process.stdout.write(`${JSON.stringify({ listening: `http://${host}:${port}` })}\n`);
  },
);
listener.on('error', (error) => void inkwire.close().finally(() => fail(error)));

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  const closed = new Promise((done) => listener.close(done));
  await inkwire.close();
  if (!('closeAllConnections' in listener)) return;
  // What is answered may still be on its way to somebody slow.
  const letGo = setInterval(() => listener.closeIdleConnections(), 20);
  const breakOff = setTimeout(() => listener.closeAllConnections(), FLUSH_WITHIN_MS);
  await closed;
  clearInterval(letGo);
  clearTimeout(breakOff);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
