import type { InkwireServerOptions, Role, User } from '@inkwire/server';

/** Nothing listens on port 9, so receipts fail at once and are tried again later. */
const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };

/** The person that a test's request names: `authorization: Bearer ana`. For `throws`, the app itself fails. */
export const bearer = (request: Request): User | null => {
  const [scheme, id] = (request.headers.get('authorization') ?? '').split(' ');
  if (id === 'throws') throw new Error('The directory of people is down.');
  return scheme === 'Bearer' && id ? { id, name: `${id} of tests` } : null;
};

/** Names starting with `reader` read, `stranger` sees nothing, all others write. */
export const accessByName = (user: User): Role | null => {
  if (user.id.startsWith('stranger')) return null;
  return user.id.startsWith('reader') ? 'read' : 'write';
};

export const serverOptions = (options: Partial<InkwireServerOptions> = {}): InkwireServerOptions => ({
  pusher: NOWHERE,
  secret: 'a secret of the tests',
  authenticate: bearer,
  access: accessByName,
  report: () => {},
  ...options,
});
