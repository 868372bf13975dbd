import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createInkwireServer, type InkwireServer } from '@inkwire/server';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putEmptyDatabase } from './server/empty-database.js';
import { serverOptions } from './server/options.js';
import { createPage, put, type Send } from './server/page.js';

const CHANNEL = 'presence-board-mounted';

describe('a server in an Express app, as the documentation mounts it', () => {
  const database = mkdtempSync(join(tmpdir(), 'inkwire-express-'));
  let inkwire: InkwireServer;
  let listening: Server;
  let origin: string;
  const send: Send = (path, init) => fetch(`${origin}/inkwire${path}`, init);

  beforeAll(async () => {
    putEmptyDatabase(database);
    inkwire = await createInkwireServer(serverOptions({ database, basePath: '/inkwire' }));
    const app = express();
    const listener = getRequestListener((request) => inkwire.fetch(request));
    app.use((request, response, next) =>
      request.url.startsWith('/inkwire/') ? listener(request, response) : next(),
    );
    app.use(express.json());
    app.post('/echo', (request, response) => {
      response.json(request.body);
    });
    listening = app.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    listening.close();
    await inkwire.close();
    listening.closeAllConnections();
    rmSync(database, { recursive: true });
  });

  it('takes and streams what pages draw, byte by byte', async () => {
    const [ana, ben] = [createPage(send, 'ana', CHANNEL), createPage(send, 'ben', CHANNEL)];
    await ana.join();
    const entries = [ana.draw(put('ink', 'x'.repeat(200_000))), ana.draw(put('more'))];
    expect(await ana.append(entries)).toMatchObject({ status: 200, answer: { head: 2 } });
    const { rows } = await ben.pull();
    expect(rows.map(({ update }) => update.length)).toEqual(entries.map(({ update }) => update.length));
    const [stored, drawn] = [rows, entries].map((list) => Buffer.concat(list.map(({ update }) => update)));
    expect(drawn && stored?.equals(drawn)).toBe(true);
  });

  it('reads its JSON and forms itself, and leaves what is the app’s to the app', async () => {
    const json = { 'content-type': 'application/json', authorization: 'Bearer ana' };
    const event = { type: 'task.assigned', task: 't1', assignee: 'ben' };
    const published = await send('/channels/private-project-7/events', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(event),
    });
    expect(await published.json()).toMatchObject({ seq: 1, event: { ...event, actor: 'ana' } });
    const authorized = await send('/pusher/auth', {
      method: 'POST',
      headers: { authorization: 'Bearer ana' },
      body: new URLSearchParams({ socket_id: '1.1', channel_name: CHANNEL }),
    });
    expect(await authorized.json()).toMatchObject({ auth: expect.stringContaining('key:') });
    expect((await send('/channels/presence-board-x/entries')).status).toBe(401);

    const echoed = await fetch(`${origin}/echo`, { method: 'POST', headers: json, body: '{"of":"the app"}' });
    expect(await echoed.json()).toEqual({ of: 'the app' });
    expect((await fetch(`${origin}/inkwired`)).status).toBe(404);
  });
});
