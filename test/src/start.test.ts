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
  const running: ChildProcess[] = [];

  // The second and third start find what the one before left.
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'inkwire-start-'));
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rm(data, { recursive: true, force: true }));

  /** What `npm start` runs, as a terminal would: a process group of its own. */
  function start(command = process.execPath, commandLine = [program]) {
    const child = spawn(command, [...commandLine, '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, CI: 'true', npm_lifecycle_event: 'start' },
    });
    running.push(child);
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output.text += String(data);
      });
    }
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const url = async () => {
      await expect.poll(() => output.text).toMatch(/http:\S+/);
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

  it('ends all three when npm is ended, which passes no signal on through its shell', async () => {
    const { pid, output, url } = start('sh', ['-c', `"$0" "$@"; exit $?`, process.execPath, program]);
    await url();
    const [node] = await childrenOf(pid);
    const children = await childrenOf(node!);
    expect(children).toHaveLength(3);
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => [node!, ...children].filter(isAlive)).toEqual([]);
    expect(output.text).not.toContain('ended by');
  });

  it('says what is wrong with its folder or its options', async () => {
    const first = start();
    await first.url();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output.text).toMatch(/Another process has the database folder .* open/);
    expect(second.output.text).not.toContain('at ');
    process.kill(first.pid, 'SIGTERM');
    await first.ended;

    const wrong = start(process.execPath, [program, '--nope']);
    expect(await wrong.ended).toBe(1);
    expect(wrong.output.text).toMatch(/Unknown option '--nope'.*--data <folder>/s);
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
