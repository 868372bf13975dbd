import { serve } from '@hono/node-server';
import { createInkwireServer, InkwireConfigError } from '@inkwire/server';
import { accessOf, personOf } from '../people.js';
import { endOnSignal } from './end-on-signal.js';
import { setting } from './setting.js';

/** The app's backend: what an app writes to have Inkwire, with people who are whoever they say they are. */
const inkwire = await createInkwireServer({
  database: setting('DATABASE'),
  secret: setting('SECRET'),
  pusher: {
    appId: setting('PUSHER_APP_ID'),
    key: setting('PUSHER_KEY'),
    secret: setting('PUSHER_SECRET'),
    host: setting('PUSHER_HOST'),
    port: Number(setting('PUSHER_PORT')),
    useTLS: false,
  },
  authenticate: (request) => personOf(bearer(request)),
  access: (user, channel) => accessOf(user.id, channel),
}).catch((error: unknown) => {
  console.error(error instanceof InkwireConfigError ? error.message : error);
  process.exit(1);
});

const server = serve(
  { fetch: inkwire.fetch, hostname: '127.0.0.1', port: Number(setting('PORT')) },
  ({ port }) => console.log(`The server listens on http://127.0.0.1:${port}`),
);

endOnSignal(async () => {
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await inkwire.close();
});

function bearer(request: Request): string {
  return /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
}
