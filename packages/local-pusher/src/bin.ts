#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startLocalPusher } from './server/local-pusher.js';

const HELP = `local-pusher: a Pusher Channels server for development and tests

  --port <number>    port to listen on (default 6001; 0 takes a free one)
  --host <address>   address to listen on (default 127.0.0.1)
  --app-id <id>      id of the app (default local-app)
  --key <key>        key of the app (default local-key)
  --secret <secret>  secret of the app (default local-secret)
  --help             this text
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '6001' },
    host: { type: 'string' },
    'app-id': { type: 'string' },
    key: { type: 'string' },
    secret: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (values.help) process.stdout.write(HELP);
else await serve();

async function serve(): Promise<void> {
  const { 'app-id': appId, host, key, secret } = values;
  const pusher = await startLocalPusher({
    port: Number(values.port),
    ...(host !== undefined && { host }),
    ...(appId !== undefined && { appId }),
    ...(key !== undefined && { key }),
    ...(secret !== undefined && { secret }),
  });
  const stop = () => void pusher.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(`local-pusher listens on ${pusher.url} (app ${pusher.appId}, key ${pusher.key})\n`);
}
