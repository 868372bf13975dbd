import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Child, startChild } from './child.js';

/** A server that answers with its own pid, and ends when it is told to. */
const listening = `
import { createServer } from 'node:http';
const server = createServer((_, answer) => answer.end(String(process.pid)));
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log('listening on http://127.0.0.1:' + server.address().port + ' from now on');
});
process.on('SIGUSR2', () => process.exit(3));
`;

describe('startChild', () => {
  let folder: string;
  const children: Child[] = [];
  const deaths: string[] = [];
  const lines: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-'));
    deaths.length = 0;
    lines.length = 0;
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill('SIGKILL')));
    await rm(folder, { recursive: true });
  });

  async function start(code: string, signal?: AbortSignal): Promise<Child> {
    const script = join(folder, 'program.mjs');
    await writeFile(script, code);
    const child = await startChild(
      { name: 'program', command: () => [script], env: (port) => ({ PORT: String(port) }) },
      {
        signal,
        onDeath: (name, reason) => deaths.push(`${name} ended ${reason}`),
        onLine: (name, line) => lines.push(`${name}: ${line}`),
      },
    );
    children.push(child);
    return child;
  }
  const pidAt = async (address: URL) => Number(await (await fetch(address)).text());

  it('is there once it has said where', async () => {
    const child = await start(listening);
    expect(await pidAt(child.address)).toBeGreaterThan(0);
  });

  it('comes back on the same port as another process after SIGKILL', async () => {
    const child = await start(listening);
    const before = await pidAt(child.address);
    await child.kill('SIGKILL');
    await expect(fetch(child.address)).rejects.toThrow();
    await child.restart();
    expect(await pidAt(child.address)).not.toBe(before);
    expect(deaths).toEqual([]);
  });

  it('refuses to be started twice', async () => {
    const child = await start(listening);
    await expect(child.restart()).rejects.toMatchObject({
      code: 'running',
      message: 'The program runs already.',
    });
  });

  it('says when it ended by itself, and how', async () => {
    const child = await start(listening);
    process.kill(await pidAt(child.address), 'SIGUSR2');
    await expect.poll(() => deaths).toEqual(['program ended with exit code 3']);
    await child.restart();
    process.kill(await pidAt(child.address), 'SIGKILL');
    await expect.poll(() => deaths).toEqual(['program ended with exit code 3', 'program ended by SIGKILL']);
  });

  it('passes on what it prints, except its address', async () => {
    await start(`${listening}; console.error('careful'); process.stdout.write('no line end');`);
    await expect.poll(() => lines).toContain('program: careful');
    expect(lines.join()).not.toContain('listening on');
  });

  it('rejects when it ends before it listens, and passes on what it said', async () => {
    await expect(start(`console.error('The folder is full.'); process.exit(7);`)).rejects.toMatchObject({
      code: 'start',
      message: 'The program ended with exit code 7 before it listened.',
    });
    expect(lines).toEqual(['program: The folder is full.']);
    expect(deaths).toEqual([]);
  });

  it('can be stopped while it starts', async () => {
    const stop = new AbortController();
    const started = start(`setInterval(() => {}, 1000); console.error('waiting');`, stop.signal);
    started.catch(() => {});
    await expect.poll(() => lines).toEqual(['program: waiting']);
    stop.abort();
    await expect(started).rejects.toMatchObject({ code: 'start' });
  });
});
