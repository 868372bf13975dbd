#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { LocalPusherError } from './error.js';
import { HOSTED_LIMITS } from './protocol/limits.js';
import { type LocalPusherOptions, startLocalPusher } from './server/local-pusher.js';

const HELP = `local-pusher: a Pusher Channels server for development and tests

  --port <number>          port to listen on (default 6001; 0 takes a free one)
  --host <address>         address to listen on (default 127.0.0.1)
  --app-id <id>            id of the app (default local-app)
  --key <key>              key of the app (default local-key)
  --secret <secret>        secret of the app (default local-secret)
  --webhook <url>          where webhooks are posted; may be given several times
  --limit <name>=<number>  changes a limit; may be given several times
  --seed <integer>         makes faults draw the same numbers again
  --help                   this text

Limits, as on hosted Pusher: ${Object.entries(HOSTED_LIMITS)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ')}
`;

function readOptions(): LocalPusherOptions | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '6001' },
      host: { type: 'string', default: '127.0.0.1' },
      'app-id': { type: 'string', default: 'local-app' },
      key: { type: 'string', default: 'local-key' },
      secret: { type: 'string', default: 'local-secret' },
      webhook: { type: 'string', multiple: true, default: [] },
      limit: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const { host, key, secret, 'app-id': appId, port, webhook, limit, seed } = values;
  return {
    host,
    appId,
    key,
    secret,
    port: Number(port),
    webhooks: webhook.map((url) => ({ url })),
    limits: Object.fromEntries(limit.map(readLimit)),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}

function readLimit(text: string): [name: string, value: number] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name, value === '' ? Number.NaN : Number(value)];
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const pusher = await startLocalPusher(options);
  const stop = () => void pusher.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(`local-pusher listens on ${pusher.url} (app ${pusher.appId}, key ${pusher.key})\n`);
}

function isMisuse(error: unknown): error is Error {
  if (error instanceof LocalPusherError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

try {
  await run();
} catch (error) {
  if (!isMisuse(error)) throw error;
  process.stderr.write(`local-pusher: ${error.message}\nTry --help.\n`);
  process.exitCode = 1;
}
