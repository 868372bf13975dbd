import { expect, it } from 'vitest';
import type { LocalPusher } from '../server/local-pusher.js';
import { createBackend, nextEvent } from '../testing/clients.js';
import { failure } from '../testing/failure.js';
import { client, connected, start } from '../testing/running.js';

async function control(pusher: LocalPusher, method: string, path: string, body?: unknown) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(`${pusher.url}${path}`, { method, ...(text !== undefined && { body: text }) });
  const answer = await response.text();
  return { status: response.status, body: response.ok ? JSON.parse(answer) : answer };
}

it('answers the HTTP API with a status that was asked for', async () => {
  const pusher = await start();
  pusher.faults.stopHttp({ status: 503 });
  expect(await failure(createBackend(pusher).trigger('news', 'n', {}))).toMatchObject({ status: 503 });
  pusher.faults.startHttp();
  await createBackend(pusher).trigger('news', 'n', {});
});

it('resets requests, or leaves them without an answer until the client gives up', async () => {
  const pusher = await start();
  const { key, secret, appId, port, host } = pusher;
  pusher.faults.stopHttp({ reset: true });
  await expect(createBackend(pusher).trigger('news', 'n', {})).rejects.toThrow('Request failed');
  pusher.faults.stopHttp();
  const { default: Backend } = await import('pusher');
  const impatient = new Backend({ key, secret, appId, host, port: String(port), timeout: 50 });
  await expect(impatient.trigger('news', 'n', {})).rejects.toThrow('Request failed');
  expect(pusher.counters.read().events.published).toBe(0);
});

it('carries out a request and loses only the answer', async () => {
  const pusher = await start();
  const news = client(pusher).subscribe('news');
  await nextEvent(news, 'pusher:subscription_succeeded');
  pusher.faults.stopHttp({ reset: true, afterwards: true });
  const received = nextEvent(news, 'headline');
  await expect(createBackend(pusher).trigger('news', 'headline', {})).rejects.toThrow('Request failed');
  await received;
});

it('fails as often as it is told', async () => {
  const pusher = await start({ seed: 5 });
  pusher.faults.stopHttp({ status: 500, probability: 0.5 });
  const backend = createBackend(pusher);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, () => backend.trigger('news', 'n', {})),
  );
  const failed = outcomes.filter(({ status }) => status === 'rejected').length;
  expect(failed).toBeGreaterThan(15);
  expect(failed).toBeLessThan(45);
});

it('does everything over HTTP that it does from code, even while the API is stopped', async () => {
  const pusher = await start({ seed: 9 });
  const { wire } = await connected(pusher);
  expect((await control(pusher, 'PUT', '/faults/http', { status: 500 })).status).toBe(200);
  const added = await control(pusher, 'POST', '/faults/events', { kind: 'drop', channel: 'private-*' });
  expect(added.body).toMatchObject({ id: '1', hits: 0, fault: { kind: 'drop', channel: 'private-*' } });
  expect((await control(pusher, 'PUT', '/faults/connections', { code: 4100 })).status).toBe(200);
  expect((await control(pusher, 'POST', '/faults/freeze', {})).body).toEqual({ connections: 1 });
  expect((await control(pusher, 'GET', '/faults')).body).toEqual({
    seed: 9,
    events: [added.body],
    connections: { code: 4100 },
    http: { status: 500 },
    frozen: 1,
  });

  await control(pusher, 'DELETE', '/faults/freeze');
  await control(pusher, 'DELETE', '/faults/http');
  await control(pusher, 'DELETE', '/faults/connections');
  expect((await control(pusher, 'DELETE', '/faults/events/1')).status).toBe(200);
  expect((await control(pusher, 'DELETE', '/faults/events/1')).status).toBe(404);
  expect((await control(pusher, 'GET', '/faults')).body).toEqual({ seed: 9, events: [], frozen: 0 });
  expect((await control(pusher, 'POST', '/faults/cut', { code: 4200 })).body).toEqual({ connections: 1 });
  expect((await wire.closed).code).toBe(4200);

  await control(pusher, 'POST', '/faults/events', { kind: 'delay' });
  await control(pusher, 'DELETE', '/faults');
  expect((await control(pusher, 'GET', '/faults')).body).toEqual({ seed: 9, events: [], frozen: 0 });
});

it('draws the same numbers again after it was told the seed, from code and over HTTP', async () => {
  const pusher = await start();
  pusher.faults.stopHttp({ status: 500, probability: 0.5 });
  const draw = async (): Promise<number[]> => {
    const statuses: number[] = [];
    while (statuses.length < 20) statuses.push((await fetch(`${pusher.url}/apps/x/channels`)).status);
    return statuses;
  };
  pusher.faults.reseed(11);
  const drawn = await draw();
  expect(new Set(drawn)).toEqual(new Set([401, 500]));
  expect((await control(pusher, 'PUT', '/faults/seed', { seed: 11 })).status).toBe(200);
  expect(await draw()).toEqual(drawn);
  expect(pusher.faults.read().seed).toBe(11);
  expect((await control(pusher, 'PUT', '/faults/seed', { seed: 0.5 })).status).toBe(400);
  expect((await control(pusher, 'PUT', '/faults/seed', {})).status).toBe(400);
});

it('shows and resets the counters over HTTP', async () => {
  const pusher = await start();
  await connected(pusher);
  expect((await control(pusher, 'GET', '/counters')).body).toMatchObject({
    connections: { open: 1, opened: 1 },
    billed: { total: 0 },
    rates: [{ open: true, accepted: 0, mostPerSecond: 0 }],
  });
  await control(pusher, 'DELETE', '/counters');
  expect((await control(pusher, 'GET', '/counters')).body).toMatchObject({
    connections: { open: 1, opened: 0 },
  });
});

it('answers 400 to a fault that is none and 404 to a control that is none', async () => {
  const pusher = await start();
  const { status, body } = await control(pusher, 'POST', '/faults/events', { kind: 'explode' });
  expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('kind must be') });
  for (const text of ['[]', 'null', '"drop"', '{', '{"__proto__":{"kind":"drop"}}']) {
    for (const path of ['/faults/events', '/faults/cut']) {
      const response = await fetch(`${pusher.url}${path}`, { method: 'POST', body: text });
      expect(response.status, `${path} ${text}`).toBe(400);
    }
  }
  expect((await control(pusher, 'GET', '/faults/nothing')).status).toBe(404);
  expect((await control(pusher, 'GET', '/faultsandmore')).status).toBe(404);
});

it('lets pages of other origins control it, but not call the API', async () => {
  const pusher = await start();
  const preflight = await fetch(`${pusher.url}/faults/http`, { method: 'OPTIONS' });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  const api = await fetch(`${pusher.url}/apps/${pusher.appId}/channels`);
  expect(api.headers.get('access-control-allow-origin')).toBeNull();
});
