import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeLogPart, type Sequence } from '@inkwire/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createCountingClock } from '../testing/counting-clock.js';
import { createFastClock } from '../testing/fast-clock.js';
import { isTemporary, TransportError } from '../transport-error.js';
import { createServerClient, type ServerClient } from './server-client.js';

const CHANNEL = 'presence-board-a=b';
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A client of a server that answers as `answer` says. */
const rig = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<Parameters<typeof createServerClient>[0]> = {},
): Promise<ServerClient> => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return createServerClient({
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inkwire/`,
    fetch,
    clock: createCountingClock(),
    ...options,
  });
};

const failing = async (work: Promise<unknown>): Promise<TransportError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportError)) throw new Error(`Expected a TransportError, not ${error}.`);
  return error;
};

const readAll = async (client: ServerClient): Promise<number> => {
  let parts = 0;
  for await (const _ of client.read(CHANNEL, 3 as Sequence, 'e')) parts += 1;
  return parts;
};

describe('server client', () => {
  it('R3: asks for the credentials with every request, and keeps to the routes below its base', async () => {
    const seen: string[] = [];
    let token = 0;
    const client = await rig(
      ({ method, url, headers }, response) => {
        seen.push(`${method} ${url} ${headers.authorization}`);
        response.end('{}');
      },
      {
        headers: () => {
          token += 1;
          return { authorization: `Bearer ${token}` };
        },
      },
    );
    await client.digest(CHANNEL);
    await client.authorize(CHANNEL, '1.2');
    await client.append(CHANNEL, []);
    expect(seen).toEqual([
      'GET /inkwire/channels/presence-board-a%3Db/digest Bearer 1',
      'POST /inkwire/pusher/auth Bearer 2',
      'POST /inkwire/channels/presence-board-a%3Db/entries Bearer 3',
    ]);
  });

  it('a refusal has the code, the sentence, the wait and what was taken before it', async () => {
    const client = await rig((_, response) => {
      response.writeHead(429, { 'retry-after': '7' });
      const error = { code: 'rate', message: 'Slower, please.' };
      response.end(JSON.stringify({ epoch: 'e', head: 2, entries: [['aaaaaaaaaaaa', 1, 2]], error }));
    });
    const error = await failing(client.append(CHANNEL, []));
    expect(error).toMatchObject({
      code: 'rate',
      message: 'Slower, please.',
      status: 429,
      retryAfterMs: 7_000,
    });
    expect(error.answer?.entries).toEqual([['aaaaaaaaaaaa', 1, 2]]);
    expect(isTemporary(error)).toBe(true);
  });

  it.each([
    [502, '<html>Bad gateway</html>', 'http_502', true],
    [403, '{"error":{"code":"forbidden","message":"No."}}', 'forbidden', false],
    [500, '{"error":7}', 'http_500', true],
    [404, '', 'http_404', false],
  ])('whatever stands before the server may answer %i: %s', async (status, body, code, temporary) => {
    const client = await rig((_, response) => {
      response.writeHead(status);
      response.end(body);
    });
    const error = await failing(client.digest(CHANNEL));
    expect([error.code, error.status, isTemporary(error)]).toEqual([code, status, temporary]);
    expect(error.message.length).toBeGreaterThan(2);
  });

  it('what cannot be reached, breaks off or never answers may go better another time', async () => {
    const broken = await rig((request) => request.socket.destroy());
    expect(isTemporary(await failing(broken.digest(CHANNEL)))).toBe(true);
    const cut = await rig((request, response) => {
      response.writeHead(200, { 'content-length': '9' });
      response.write('{"e', () => request.socket.destroy());
    });
    expect(isTemporary(await failing(cut.digest(CHANNEL)))).toBe(true);
    const stalled = await rig((_, response) => response.write('{"e'), { clock: createFastClock(50) });
    expect(isTemporary(await failing(stalled.digest(CHANNEL)))).toBe(true);
    const silent = await rig(() => {}, { clock: createFastClock(50) });
    expect(isTemporary(await failing(silent.digest(CHANNEL)))).toBe(true);
    expect(isTemporary(await failing(readAll(silent)))).toBe(true);
  });

  it('an answer that is none is an error of its own', async () => {
    const client = await rig((_, response) => response.end('<html>Sign in</html>'));
    expect((await failing(client.digest(CHANNEL))).code).toBe('answer');
    expect((await failing(readAll(client))).code).toBe('answer');
  });

  it('a read that breaks off has given what came before', async () => {
    const header = encodeLogPart({
      type: 'header',
      header: { epoch: 'e', head: 9 as Sequence, writers: [] },
    });
    const client = await rig((_, response) => {
      response.write(header);
      setTimeout(() => response.destroy(), 20);
    });
    const parts: string[] = [];
    const error = await failing(
      (async () => {
        for await (const part of client.read(CHANNEL, 0 as Sequence, '')) parts.push(part.type);
      })(),
    );
    expect(parts).toEqual(['header']);
    expect(isTemporary(error)).toBe(true);
  });

  it('close() gives up what is under way and leaves no timer', async () => {
    const clock = createCountingClock();
    let onArrived = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      onArrived = resolve;
    });
    const client = await rig(() => onArrived(), { clock });
    const asked = failing(client.digest(CHANNEL));
    await arrived;
    expect(clock.waiting).toBe(1);
    client.close();
    await asked;
    expect(clock.waiting).toBe(0);
  });
});
