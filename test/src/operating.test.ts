import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createInkwireServer,
  type InkwireServer,
  type LogRecord,
  type Role,
  type Timer,
  type User,
} from '@inkwire/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChildServer, startChildServer } from './server/child-server.js';
import { putEmptyDatabase } from './server/empty-database.js';
import { accessByName, bearer, serverOptions } from './server/options.js';
import { createPage, type Page, put, sendTo } from './server/page.js';
import { assertAllThere, progress, startAuthor } from './server/survival.js';

const CHANNEL = 'presence-board-operated';
const NOWHERE = { appId: 'app', key: 'key', secret: 'secret', host: '127.0.0.1', port: 9 };
const BIN = fileURLToPath(new URL('../../packages/server/dist/bin.js', import.meta.url));

/** Timers as ever, but those of `ms` go off when the test says so. */
const createTimer = (ms: number): { readonly timer: Timer; fire(): void } => {
  const held: (() => void)[] = [];
  return {
    timer(delay, work) {
      if (delay !== ms) {
        const handle = setTimeout(work, delay);
        return () => clearTimeout(handle);
      }
      held.push(work);
      return () => {};
    },
    fire() {
      for (const work of held.splice(0)) work();
    },
  };
};

describe('operating a server', () => {
  // One after another: first the app's own process has the folder, then the program.
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-operating-'));
  beforeAll(() => putEmptyDatabase(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('in the app’s process', () => {
    const records: LogRecord[] = [];
    /** What the app's functions return in the place of what they should. */
    let answers: { readonly user: unknown; readonly role: unknown } | null = null;
    const authenticate = (request: Request): User | null => {
      if (!answers) return bearer(request);
      if (answers.user instanceof Response) throw answers.user;
      return answers.user as User;
    };
    const waiting = createTimer(1_000);
    let server: InkwireServer;
    let ana: Page;
    beforeAll(async () => {
      server = await createInkwireServer(
        serverOptions({
          database: folder,
          report: (record) => records.push(record),
          timer: waiting.timer,
          authenticate,
          access: (user) => (answers ? (answers.role as Role) : accessByName(user)),
        }),
      );
    });
    afterAll(() => server.close());
    beforeEach(async () => {
      records.length = 0;
      ana = createPage(sendTo(server), 'ana', CHANNEL);
      await ana.join();
    });

    it('counts what the log took, once however often it was handed in, and what it refused, by reason', async () => {
      const entry = ana.draw(put('a'));
      await ana.append([entry]);
      await ana.append([entry]);
      await ana.append([ana.seal(new Uint8Array([9]), 9)]);
      await ana.append([{ ...ana.seal(entry.update, 2), seal: new Uint8Array(16) }]);
      await ana.pull();
      await expect.poll(() => records.some(({ event }) => event === 'publish failed')).toBe(true);
      const response = await ana.send('/metrics');
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await response.text();
      const value = (name: string): number => Number(text.split(`\n${name} `)[1]?.split('\n')[0]);
      expect(value('inkwire_entries_total')).toBe(1);
      expect(value('inkwire_entry_bytes_total')).toBe(entry.update.length);
      expect(value('inkwire_append_seconds_count')).toBe(4);
      expect(value('inkwire_read_seconds_count')).toBe(1);
      expect(value('inkwire_refused_total{code="undecodable"}')).toBe(1);
      expect(value('inkwire_refused_total{code="seal"}')).toBe(1);
      expect(value('inkwire_publish_failures_total')).toBeGreaterThan(0);
      expect(value('inkwire_log_rows')).toBe(1);
      expect(value('inkwire_log_bytes')).toBe(entry.update.length);
      expect(value('inkwire_snapshot_bytes')).toBe(0);
    });

    it('S6: its records say what happened, and nothing of what people write or send as credentials', async () => {
      const secrets = ['written-by-ana', 'token-of-ana', 'title-of-a-task'];
      const printed: string[] = [];
      const prints = [
        vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(printed.push(String(text)))),
        vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(printed.push(String(text)))),
      ];
      const send = (path: string, init: RequestInit): Promise<Response> =>
        ana.send(path, { ...init, headers: { ...init.headers, cookie: 'session=token-of-ana' } });
      try {
        await ana.append([ana.draw(put('written-by-ana', 'written-by-ana'))]);
        await ana.append([ana.seal(new TextEncoder().encode('written-by-ana'))]);
        const task = {
          type: 'task.assigned',
          actor: 'ana',
          task: 't',
          assignee: 'b',
          title: 'title-of-a-task',
        };
        await server.publish(CHANNEL, task);
        await expect(server.publish(CHANNEL, { ...task, task: 'title-of-a-task\u0000' })).rejects.toThrow();
        await send(`/channels/${CHANNEL}/events`, { method: 'POST', body: 'title-of-a-task' });
        await send('/pusher/webhook', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-pusher-signature': 'token-of-ana' },
          body: '{"written-by-ana": 1}',
        });
        // The app's own functions fail, and say everything in their messages.
        const failing = await send(`/channels/${CHANNEL}/digest?token=token-of-ana`, {
          headers: { authorization: 'Bearer throws token-of-ana' },
        });
        expect(failing.status).toBe(503);
        // An earlier call failed too: when the next one is made is up to the test.
        await expect
          .poll(() => {
            waiting.fire();
            return records.map(({ event }) => event);
          })
          .toContain('publish failed');
      } finally {
        for (const print of prints) print.mockRestore();
      }
      expect(records.find(({ event }) => event === 'request failed')).toEqual({
        level: 'error',
        event: 'request failed',
        route: 'GET /channels/:channel/digest',
        error: 'Error',
      });
      expect(records.find(({ event }) => event === 'publish failed')).toMatchObject({ code: 'ECONNREFUSED' });
      const said = JSON.stringify(records) + printed.join('');
      for (const secret of secrets) expect(said).not.toContain(secret);
    });

    it('says which function of the app returns something else than it must, and lets nobody in by that', async () => {
      const ask = async (user: unknown, role: unknown): Promise<number> => {
        answers = { user, role };
        return (await sendTo(server)(`/channels/${CHANNEL}/digest`)).status;
      };
      try {
        expect([await ask({ id: 42 }, 'write'), await ask({ id: 'ana' }, 'editor')]).toEqual([401, 403]);
        expect([await ask(null, null), await ask({ id: 'ana' }, null)]).toEqual([401, 403]);
        // Some frameworks throw what is no error.
        expect(await ask(new Response(null, { status: 302 }), 'write')).toBe(503);
      } finally {
        answers = null;
      }
      expect(records.filter(({ event }) => event === 'answer of the app not usable')).toEqual([
        expect.objectContaining({
          option: 'authenticate',
          expected: expect.stringContaining('id of 1 to 128'),
        }),
        expect.objectContaining({ option: 'access', expected: expect.stringContaining('"write"') }),
      ]);
      expect(records.filter(({ event }) => event === 'request failed')).toHaveLength(1);
    });

    it('closes a second after a reader stopped to read, and refuses with a sentence what comes meanwhile', async () => {
      for (let step = 0; step < 3; step += 1)
        await ana.append([ana.draw(put(`k${step}`, new Uint8Array(900_000)))]);
      const reading = await ana.send(`/channels/${CHANNEL}/entries?after=0`);
      const body = reading.body?.getReader();
      await body?.read();

      let isClosed = false;
      const closed = server.close().then(() => {
        isClosed = true;
      });
      const late = await ana.send(`/channels/${CHANNEL}/digest`);
      expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await late.json()).toMatchObject({
        error: { code: 'unavailable', message: expect.stringMatching(/^The server .*\.$/) },
      });
      const task = { type: 'task.assigned', actor: 'ana', task: 't', assignee: null };
      await expect(server.publish(CHANNEL, task)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(server.revoke('ana')).rejects.toMatchObject({ code: 'unavailable' });
      expect(isClosed).toBe(false);
      await expect
        .poll(() => {
          waiting.fire();
          return isClosed;
        })
        .toBe(true);
      await closed;
      const rest = async (): Promise<void> => {
        while (!(await body?.read())?.done);
      };
      await expect(rest()).rejects.toThrow();
    });
  });

  describe('as a program', () => {
    it('L12: SIGTERM under load: what was begun is finished, what was answered is there, and it ends with 0', async () => {
      let server: ChildServer = await startChildServer(folder, NOWHERE);
      const send = (path: string, init?: RequestInit): Promise<Response> => server.send(path, init);
      const authors = await Promise.all(
        ['ana', 'ben', 'cy'].map((user) => startAuthor(send, user, 'presence-board-stopped')),
      );
      await progress(authors, 20);
      expect(await server.stop()).toBe(0);
      server = await startChildServer(folder, NOWHERE);
      await progress(authors, 5);
      await Promise.all(authors.map((author) => author.stop()));
      await assertAllThere(authors);
      expect(await server.stop()).toBe(0);
    });

    it('SIGTERM while a client asked for a large log and never reads: it is cut off, and the program ends with 0', async () => {
      const server = await startChildServer(folder, NOWHERE);
      const large = 'presence-board-unread';
      const ana = createPage(server.send, 'ana', large);
      await ana.join();
      // More than the buffers of both sockets hold.
      for (let step = 0; step < 4; step += 1) {
        const blocks = [0, 1, 2].map((block) => ana.draw(put(`${step}/${block}`, new Uint8Array(1_000_000))));
        expect((await ana.append(blocks)).status).toBe(200);
      }
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      const closed = once(socket, 'close');
      socket.on('error', () => {});
      socket.write(
        `GET /channels/${large}/entries?after=0 HTTP/1.1\r\nhost: inkwire\r\nauthorization: Bearer ana\r\n\r\n`,
      );
      await once(socket, 'readable');
      // A connection that rests for as long as proxies let it does not keep the program.
      const idle = connect(Number(port), hostname);
      idle.write('GET /healthz HTTP/1.1\r\nhost: inkwire\r\n\r\n');
      const [answer] = (await once(idle, 'data')) as [Buffer];
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*keep-alive: timeout=65\r\n/is);
      const started = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - started).toBeLessThan(8_000);
      socket.resume();
      await closed;
      expect(socket.bytesRead).toBeLessThan(12_000_000);
    });

    it('says in one line what is wrong with its flags, and fails', async () => {
      const run = (...flags: string[]): Promise<[code: unknown, complaint: string]> =>
        new Promise((resolve) => {
          execFile(process.execPath, [BIN, ...flags], (error, _output, complaint) =>
            resolve([error?.code, complaint]),
          );
        });
      const broken = join(folder, 'broken.mjs');
      writeFileSync(broken, 'export default { pusher:');
      const [port, unknown, missing, unread] = await Promise.all([
        run('--port', 'abc'),
        run('--sort', '1'),
        run('--config', 'nowhere.mjs'),
        run('--config', broken),
      ]);
      expect(port).toEqual([1, 'inkwire-server: --port takes a number from 0 to 65535, not abc.\n']);
      expect(unknown).toEqual([1, expect.stringMatching(/^inkwire-server: .*--sort.*\n$/)]);
      for (const [[code, complaint], file] of [
        [missing, 'nowhere.mjs'],
        [unread, broken],
      ] as const)
        expect([code, complaint]).toEqual([
          1,
          expect.stringMatching(new RegExp(`^inkwire-server: ${file} cannot be loaded: .*\n$`)),
        ]);
    });
  });
});
