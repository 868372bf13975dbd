import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, isAlive } from './child-processes.js';

const program = fileURLToPath(new URL('../../playground/dist/start.js', import.meta.url));

describe('npm start', () => {
  let data: string;
  let running: ChildProcess | undefined;

  // The second and third start find what the one before left.
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'inkwire-start-'));
  });
  afterEach(() => running?.kill('SIGKILL'));
  afterAll(() => rm(data, { recursive: true, force: true }));

  /** What `npm start` runs, as a terminal would: a process group of its own. */
  function start() {
    const child = spawn(process.execPath, [program, '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, CI: 'true' },
    });
    running = child;
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output.text += String(data);
      });
    }
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const url = async () => {
      await expect.poll(() => output.text, { timeout: 60_000 }).toMatch(/http:\S+/);
      return /http:\S+/.exec(output.text)![0];
    };
    return { pid: child.pid!, output, ended, url };
  }

  it('prints one address, and Ctrl-C ends all three processes', async () => {
    const { pid, output, ended, url } = start();
    const page = await fetch(await url());
    expect(await page.text()).toContain('<title>Inkwire</title>');
    expect(output.text.match(/http:/g)).toHaveLength(1);
    const children = await childrenOf(pid);
    expect(children).toHaveLength(3);

    // A terminal sends Ctrl-C to the whole group.
    process.kill(-pid, 'SIGINT');
    expect(await ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    await expect(fetch(await url())).rejects.toThrow();
  });

  it('ends all three on SIGTERM to itself alone', async () => {
    const { pid, ended, url } = start();
    await url();
    const children = await childrenOf(pid);
    process.kill(pid, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('says which process died, and ends the others', async () => {
    const { pid, output, ended, url } = start();
    await url();
    const children = await childrenOf(pid);
    process.kill(children[1]!, 'SIGKILL');
    expect(await ended).toBe(1);
    expect(output.text).toContain('The server ended by SIGKILL, so this playground ends too.');
    expect(children.filter(isAlive)).toEqual([]);
  });
});
