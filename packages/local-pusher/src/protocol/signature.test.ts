import { expect, it } from 'vitest';
import { channelText, md5, requestText, sign, userText, verify } from './signature.js';

// The worked examples of Pusher's documentation: "Authentication signatures" and the "HTTP API Reference".
const SECRET = '7ad3773142a6692b25b8';
const SOCKET_ID = '1234.1234';

it('signs a private channel as the documentation does', () => {
  expect(sign(SECRET, channelText(SOCKET_ID, 'private-foobar'))).toBe(
    '58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4',
  );
});

it('signs a presence channel as the documentation does', () => {
  // Today's page says "Mr. Channels", but the signature it prints is still that of the former "Mr. Pusher".
  const channelData = '{"user_id":10,"user_info":{"name":"Mr. Pusher"}}';
  expect(sign(SECRET, channelText(SOCKET_ID, 'presence-foobar', channelData))).toBe(
    'afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c',
  );
});

it('signs a user as the documentation does', () => {
  expect(sign(SECRET, userText(SOCKET_ID, '{"id":"12345"}'))).toBe(
    '4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba',
  );
});

it('signs an HTTP request as the documentation does', () => {
  const body = '{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}';
  expect(md5(Buffer.from(body))).toBe('ec365a775a4cd0599faeb73354201b6f');
  const text = requestText('POST', '/apps/3/events', [
    ['body_md5', md5(Buffer.from(body))],
    ['auth_version', '1.0'],
    ['auth_timestamp', '1353088179'],
    ['auth_key', '278d425bdf160c739803'],
    ['auth_signature', 'is not part of what it signs'],
  ]);
  expect(sign(SECRET, text)).toBe('da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c');
});

it('sorts the query of a request by lower-case keys and leaves it unescaped', () => {
  const text = requestText('get', '/some/resource', [
    ['Name', 'Something else'],
    ['auth_key', 'foo'],
  ]);
  expect(text).toBe('GET\n/some/resource\nauth_key=foo&name=Something else');
});

it('verifies nothing but the signature itself', () => {
  const signature = sign(SECRET, 'text');
  expect(verify(SECRET, 'text', signature)).toBe(true);
  expect(verify(SECRET, 'text', signature.toUpperCase())).toBe(false);
  expect(verify(SECRET, 'text', `${signature}0`)).toBe(false);
  expect(verify(SECRET, 'text', '')).toBe(false);
  expect(verify('another secret', 'text', signature)).toBe(false);
});
