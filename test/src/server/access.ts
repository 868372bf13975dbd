import { randomBytes } from 'node:crypto';
import type { Refusal } from '@inkwire/core';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LogUnderTest } from './log-under-test.js';
import { put } from './page.js';

/** S1 to S4, L3, L11: who is let in, and what nobody can do in another's name. */
export const testAccess = ({ join, page, send, channel, server }: LogUnderTest): void => {
  const refusal = async (response: Response): Promise<[number, string]> => {
    const { error } = (await response.json()) as { error: Refusal };
    expect(error.message).toMatch(/^[A-Z].*[.]$/);
    return [response.status, error.code];
  };
  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  });

  it('S1: nothing is served without credentials, without access, or on an unknown channel', async () => {
    const routes: [string, string][] = [
      ['POST', 'sessions'],
      ['POST', 'entries'],
      ['GET', 'entries'],
      ['GET', 'history'],
      ['GET', 'digest'],
      ['POST', 'events'],
      ['GET', 'events'],
    ];
    for (const [method, route] of routes) {
      const ask = (user: string | null, name: string): Promise<Response> =>
        send(`/channels/${name}/${route}`, {
          method,
          headers: user === null ? {} : { authorization: `Bearer ${user}` },
        });
      expect(await refusal(await ask(null, channel()))).toEqual([401, 'unauthenticated']);
      expect(await refusal(await ask('stranger', channel()))).toEqual([403, 'forbidden']);
      for (const name of ['public-news', 'presence-board-', 'presence-board-a%2Fb', 'private-user-%20'])
        expect(await refusal(await ask('ana', name))).toEqual([404, 'unknown_channel']);
    }
    const socket = { socket_id: '1.2', channel_name: channel() };
    expect(await refusal(await send('/pusher/auth', form(socket)))).toEqual([401, 'unauthenticated']);
    expect(await refusal(await page('stranger').send('/pusher/auth', form(socket)))).toEqual([
      403,
      'forbidden',
    ]);
    expect(
      await refusal(await page('ana').send('/pusher/auth', form({ ...socket, channel_name: 'private-x' }))),
    ).toEqual([404, 'unknown_channel']);
    expect(
      await refusal(await page('ana').send('/pusher/auth', form({ ...socket, socket_id: '1' }))),
    ).toEqual([400, 'bad_request']);
  });

  it('S1: what is answered to one user is kept by nobody for another', async () => {
    const ana = await join('ana');
    for (const route of ['entries', 'history', 'digest', 'events', 'nothing']) {
      const { headers } = await ana.send(`/channels/${channel()}/${route}`);
      expect([route, headers.get('cache-control')]).toEqual([route, 'no-store']);
    }
  });

  it('S4: a channel is not read with HEAD, whose answer nobody would take', async () => {
    const ana = await join('ana');
    for (const route of ['entries', 'history']) {
      const { status } = await ana.send(`/channels/${channel()}/${route}`, { method: 'HEAD' });
      expect([route, status]).toEqual([route, 404]);
    }
    expect((await send('/healthz', { method: 'HEAD' })).status).toBe(200);
  });

  it('S2: a reader reads and appends nothing', async () => {
    const ana = await join('ana');
    await ana.append([ana.draw(put('a'))]);
    const rita = await join('reader-rita');
    expect((await rita.follow()).rows).toHaveLength(1);
    const { status, answer } = await rita.append([rita.draw(put('b'))]);
    expect([status, answer.error?.code]).toEqual([403, 'forbidden']);
    expect((await ana.pull()).header.head).toBe(1);
  });

  it('S3, L3: nobody writes under the clientID of another', async () => {
    const ana = await join('ana');
    await ana.append([ana.draw(put('a'))]);
    const mallory = await join('mallory');
    const forged = new Y.Doc();
    forged.clientID = ana.doc.clientID;
    forged.getMap('b').set('x', 'not of ana');
    const { status, answer } = await mallory.append([mallory.seal(Y.encodeStateAsUpdate(forged))]);
    expect([status, answer.error?.code]).toEqual([409, 'client_taken']);
    const twin = page('mallory', ana.doc.clientID);
    await expect(twin.join()).rejects.toThrow(/client_taken/);
    expect((await ana.pull()).header.head).toBe(1);
  });

  it('S3, L11: nobody writes in the session of another, and a changed entry does not fit its seal', async () => {
    const ana = await join('ana');
    const mallory = await join('mallory');
    const entry = ana.draw(put('a'));
    const changed = { ...entry, update: entry.update.slice() };
    changed.update[changed.update.length - 2]! ^= 1;
    const renumbered = { ...entry, n: 2 };
    const resealed = { ...entry, seal: new Uint8Array(randomBytes(16)) };
    const moved = { ...mallory.draw(put('m')), session: ana.session };
    for (const forged of [changed, renumbered, resealed, moved]) {
      const { status, answer } = await mallory.append([forged]);
      expect([status, answer.error?.code]).toEqual([403, 'seal']);
    }
    const response = await mallory.send(`/channels/${channel()}/sessions`, {
      method: 'POST',
      body: JSON.stringify({ session: ana.session, client: 77 }),
    });
    expect(await refusal(response)).toEqual([403, 'session_taken']);
    expect((await ana.pull()).header.head).toBe(0);
  });

  it('S3: a seal of one channel is worth nothing on another', async () => {
    const ana = await join('ana');
    const entry = ana.draw(put('a'));
    const response = await ana.send(`/channels/presence-board-elsewhere/sessions`, {
      method: 'POST',
      body: JSON.stringify({ session: ana.session, client: ana.doc.clientID }),
    });
    const { sealKey } = (await response.json()) as { sealKey: string };
    expect(sealKey).not.toBe(ana.key.toString('base64'));
    expect((await ana.append([entry])).status).toBe(200);
  });

  it('F9, L11: a witness hands in an entry verbatim, once, and it counts as its author made it', async () => {
    const ana = await join('ana');
    const ben = await join('ben');
    const lost = ana.draw(put('lost'));
    Y.applyUpdate(ben.doc, lost.update);
    const own = ben.draw(put('own'));
    const { status, answer } = await ben.append([lost, own]);
    expect(status).toBe(200);
    expect(answer.entries).toEqual([
      [ana.session, 1, 1],
      [ben.session, 1, 2],
    ]);
    expect((await ana.append([lost])).answer.entries).toEqual([[ana.session, 1, 1]]);
    const past = await ben.history(0, 2);
    expect(new Map(past.header.authors).get(ana.session)).toBe('ana');
    expect(past.dated).toHaveLength(2);
  });

  it('L11: what a reader sealed is not taken from a witness either', async () => {
    const rita = await join('reader-rita');
    const ben = await join('ben');
    const { status, answer } = await ben.append([rita.draw(put('r'))]);
    expect([status, answer.error?.code]).toEqual([403, 'forbidden']);
  });

  it('L3: an entry of a session that never joined is refused', async () => {
    const ana = page('ana');
    const { status, answer } = await ana.append([ana.draw(put('a'))]);
    expect([status, answer.error?.code]).toEqual([403, 'session_unknown']);
  });

  it('S1: an app that fails to say who asks is a 503, and loses nothing', async () => {
    const response = await server().fetch(
      new Request(`http://inkwire.test/channels/${channel()}/digest`, {
        headers: { authorization: 'Bearer throws' },
      }),
    );
    expect(await refusal(response)).toEqual([503, 'unavailable']);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('operators see that it lives, that its database answers, and what it counts', async () => {
    const ana = await join('ana');
    await ana.append([ana.draw(put('a'))]);
    await ana.append([ana.seal(new Uint8Array([9]), 9)]);
    expect((await send('/healthz')).status).toBe(200);
    expect((await send('/readyz')).status).toBe(200);
    const text = await (await send('/metrics')).text();
    const value = (name: string): number => Number(text.split(`\n${name} `)[1]?.split('\n')[0]);
    expect(value('inkwire_entries_total')).toBeGreaterThan(0);
    expect(value('inkwire_append_seconds_count')).toBeGreaterThan(0);
    expect(value('inkwire_refused_total{code="undecodable"}')).toBeGreaterThan(0);
    expect(value('inkwire_log_rows')).toBeGreaterThan(0);
    expect(value('inkwire_log_bytes')).toBeGreaterThan(0);
  });
};
