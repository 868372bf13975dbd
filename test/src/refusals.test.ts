import type { TimedStroke } from '@inkwire/playground/handwriting';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawing } from './browser/ink.js';
import { drawWithPen } from './browser/pen.js';
import { openPerson, type Person } from './browser/person.js';
import { openRawSocket, type RawSocket } from './browser/raw-socket.js';
import { type System, startSystem } from './browser/system.js';
import { createPage, put } from './server/page.js';

const channel = 'presence-board-refusals';

describe('what must not be, tried on the running system while Ana and Ben draw', () => {
  let system: System;
  let ana: Person;
  let ben: Person;
  let request: (path: string, init?: RequestInit) => Promise<Response>;

  beforeAll(async () => {
    system = await startSystem();
    const { url } = system.playground;
    request = (path, init) => fetch(new URL(`/inkwire${path}`, url), init);
    [ana, ben] = (await Promise.all(
      ['ana', 'ben'].map((id) => openPerson(system.browser, url, { id, board: 'refusals' })),
    )) as [Person, Person];
  });
  afterAll(() => system?.stop());

  let stroke: readonly TimedStroke[];
  let before: number;
  beforeEach(async () => {
    stroke = (await drawing('despair/8', { width: 300, height: 300 })).strokes.slice(0, 1);
    before = await ana.size();
  });
  // Whatever was tried: Ana's next stroke reaches Ben, both have the same board, and nothing broke on the way.
  afterEach(async () => {
    await drawWithPen(ana.page, stroke, { x: 40 + 40 * before, y: 70 });
    const elements = String(before + 1);
    await ana.reaches({ connection: 'live', saving: 'saved', elements });
    await ben.reaches({ connection: 'live', elements });
    expect(await ben.elements()).toEqual(await ana.elements());
    expect([...ana.incidents.errors, ...ben.incidents.errors]).toEqual([]);
  });

  it('S1: refuses requests that nobody granted, each with a code and a sentence', async () => {
    const log = `/channels/${channel}/entries?after=0`;
    const refused: [path: string, init: RequestInit, status: number, code: string][] = [
      [log, {}, 401, 'unauthenticated'],
      [log, as('stranger'), 403, 'forbidden'],
      ['/channels/lobby/entries?after=0', as('ana'), 404, 'unknown_channel'],
      ['/channels/private-user-ben/entries?after=0', as('ana'), 403, 'forbidden'],
    ];
    for (const [path, init, status, code] of refused) {
      const response = await request(path, init);
      expect([path, response.status]).toEqual([path, status]);
      const sentence = expect.stringMatching(/^\w.{20,}\.$/);
      expect(await response.json()).toMatchObject({ error: { code, message: sentence } });
    }
  });

  it('L3: refuses an update that does not decode, and keeps what came before it', async () => {
    const mallory = createPage(request, 'mallory', channel);
    await mallory.join();
    const { status, answer } = await mallory.append([
      mallory.draw(put('mine')),
      mallory.seal(new Uint8Array([9, 9, 9, 9])),
    ]);
    expect(status).toBe(422);
    expect(answer).toMatchObject({
      entries: [[mallory.session, 1, expect.any(Number)]],
      error: { code: 'undecodable' },
    });
  });

  it('S1: refuses a subscription with a wrong signature, and says so', async () => {
    const socket = await openRawSocket(system.playground);
    const data = {
      channel,
      auth: `${system.playground.pusher.key}:${'0'.repeat(64)}`,
      channel_data: '{"user_id":"ana"}',
    };
    socket.send({ event: 'pusher:subscribe', data });
    expect(await socket.next('pusher:error')).toMatchObject({
      message: expect.stringContaining('Invalid signature'),
    });
    socket.close();
  });

  it('W5: ignores and counts frames of a member that are garbage', async () => {
    const mallory = await subscribed('mallory');
    const ignored = () => ben.page.evaluate(() => window.inkwire.ben!.connection.status.ignored);
    const already = await ignored();
    const garbage = [
      { f: 'AAECAwQFBgcICQ==' },
      { f: 'not base64 at all!' },
      { f: 17 },
      { g: {} },
      [],
      { f: Buffer.alloc(6_000, 255).toString('base64') },
    ];
    for (const data of garbage) mallory.send({ event: 'client-frame', channel, data });
    await expect.poll(ignored).toBe(already + garbage.length);
    mallory.close();
  });

  it('S2: ignores what a reader sends to the others', async () => {
    const reader = await subscribed('reader');
    const ignored = () => ben.page.evaluate(() => window.inkwire.ben!.connection.status.ignored);
    const already = await ignored();
    reader.send({ event: 'client-frame', channel, data: { f: 'AQ==' } });
    await expect.poll(ignored).toBe(already + 1);
    reader.close();
  });

  it('R3: shows a stranger nothing and a reader everything, takes ink from neither, and tells them why', async () => {
    const { browser, playground } = system;
    const expected = {
      stranger: { access: 'none', line: 'No access', size: 0 },
      reader: { access: 'read', line: 'Read only', size: before },
    };
    for (const [id, { access, line, size }] of Object.entries(expected)) {
      const guest = await openPerson(browser, playground.url, { id, board: 'refusals', reaches: { access } });
      await expect.poll(() => guest.page.locator('inkwire-board .status span').textContent()).toBe(line);
      await guest.reaches({ elements: String(size) });
      await drawWithPen(guest.page, stroke, { x: 200, y: 200 });
      expect(await guest.size()).toBe(size);
      expect(guest.incidents.errors).toEqual([]);
      await guest.close();
    }
  });

  /** A member of the channel who does not run our code. */
  async function subscribed(person: string): Promise<RawSocket> {
    const socket = await openRawSocket(system.playground);
    const response = await request('/pusher/auth', {
      ...as(person),
      method: 'POST',
      body: new URLSearchParams({ socket_id: socket.socketId, channel_name: channel }),
    });
    expect(response.status).toBe(200);
    socket.send({ event: 'pusher:subscribe', data: { channel, ...((await response.json()) as object) } });
    await socket.next('pusher_internal:subscription_succeeded');
    return socket;
  }
});

function as(person: string): RequestInit {
  return { headers: { authorization: `Bearer ${person}` } };
}
