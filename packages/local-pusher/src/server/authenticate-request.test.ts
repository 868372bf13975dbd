import { expect, it } from 'vitest';
import { md5, requestText, sign } from '../protocol/signature.js';
import { start } from '../testing/running.js';
import type { LocalPusher, LocalPusherOptions } from './local-pusher.js';

const BODY = JSON.stringify({ name: 'n', data: '{}', channels: ['news'] });

interface Changes {
  appId?: string;
  body?: string;
  secret?: string;
  signature?: string;
  query?: Record<string, string | undefined>;
}

/** A correct request to publish, but for `changes`. */
async function send(pusher: LocalPusher, changes: Changes = {}): Promise<{ status: number; body: string }> {
  const path = `/apps/${changes.appId ?? pusher.appId}/events`;
  const values = {
    auth_key: pusher.key,
    auth_timestamp: String(Math.floor(Date.now() / 1_000)),
    auth_version: '1.0',
    body_md5: md5(Buffer.from(BODY)),
    ...changes.query,
  };
  const query = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const signature =
    changes.signature ?? sign(changes.secret ?? pusher.secret, requestText('POST', path, query));
  const search = new URLSearchParams([...query, ['auth_signature', signature]]);
  const response = await fetch(`${pusher.url}${path}?${search}`, {
    method: 'POST',
    body: changes.body ?? BODY,
  });
  return { status: response.status, body: await response.text() };
}

it('accepts a request with the documented signature', async () => {
  expect(await send(await start())).toEqual({ status: 200, body: '{}' });
});

const WRONG: Record<string, [changes: Changes, reason: string]> = {
  'an unknown app': [{ appId: 'nothing' }, 'There is no app'],
  'another key': [{ query: { auth_key: 'nobody' } }, 'auth_key'],
  'no key': [{ query: { auth_key: undefined } }, 'auth_key'],
  'another version': [{ query: { auth_version: '2.0' } }, 'auth_version'],
  'no timestamp': [{ query: { auth_timestamp: undefined } }, 'auth_timestamp'],
  'a timestamp that is no number': [{ query: { auth_timestamp: 'NaN' } }, 'auth_timestamp'],
  'a timestamp of 11 minutes ago': [
    { query: { auth_timestamp: String(Math.floor(Date.now() / 1_000) - 660) } },
    'auth_timestamp',
  ],
  'a timestamp in 11 minutes': [
    { query: { auth_timestamp: String(Math.floor(Date.now() / 1_000) + 660) } },
    'auth_timestamp',
  ],
  'another secret': [{ secret: 'guess' }, 'Invalid signature'],
  'no signature': [{ signature: '' }, 'Invalid signature'],
  'another body than was signed': [{ body: BODY.replace('news', 'olds') }, 'body_md5'],
  'no body_md5': [{ query: { body_md5: undefined } }, 'body_md5'],
};

for (const [name, [changes, reason]] of Object.entries(WRONG)) {
  it(`answers 401 to ${name}`, async () => {
    expect(await send(await start(), changes)).toEqual({
      status: 401,
      body: expect.stringContaining(reason),
    });
  });
}

it('takes a timestamp up to 600 s off', async () => {
  const pusher = await start();
  for (const offset of [-599, 599]) {
    const auth_timestamp = String(Math.floor(Date.now() / 1_000) + offset);
    expect((await send(pusher, { query: { auth_timestamp } })).status).toBe(200);
  }
});

it('answers 403 for a disabled app', async () => {
  const options: LocalPusherOptions = { apps: [{ appId: '1', key: 'k', secret: 's', disabled: true }] };
  expect((await send(await start(options))).status).toBe(403);
});
