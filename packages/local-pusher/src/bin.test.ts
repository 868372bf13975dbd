import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

/** Runs the built program; vitest is started after the build. */
function run(...flags: string[]): ChildProcess {
  child = spawn(process.execPath, [BIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  return child;
}

async function firstLine(process: ChildProcess): Promise<string> {
  const [line] = await once(createInterface({ input: process.stdout! }), 'line');
  return String(line);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  it(`prints one line when it is ready and stops by itself on ${signal}`, async () => {
    const server = run('--port', '0', '--key', 'my-key');
    const line = await firstLine(server);
    expect(line).toMatch(/^local-pusher listens on http:\/\/127\.0\.0\.1:\d+ \(app local-app, key my-key\)$/);
    server.kill(signal);
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
}

it('takes limits and a seed', async () => {
  const server = run('--port', '0', '--limit', 'connections=0', '--seed', '11');
  const url = /(http:\S+) /.exec(await firstLine(server))?.[1] ?? '';
  const faults = await fetch(`${url}/faults`);
  expect(await faults.json()).toMatchObject({ seed: 11 });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/app/local-key?protocol=7`);
  const [code] = await once(socket, 'close');
  expect(code).toBe(4004);
});

it('says goodbye to its clients when it is told to stop', async () => {
  const server = run('--port', '0');
  const url = /(http:\S+) /.exec(await firstLine(server))?.[1] ?? '';
  const socket = new WebSocket(`${url.replace('http', 'ws')}/app/local-key?protocol=7`);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  server.kill('SIGTERM');
  expect((await closed)[0]).toBe(1001);
  expect(await once(server, 'exit')).toEqual([0, null]);
});

const MISUSES: [flags: string[], reason: string][] = [
  [['--port', 'x'], 'port must be'],
  [['--limit', 'speed=1'], 'There is no limit speed'],
  [['--limit', 'connections'], 'limits.connections must be'],
  [['--seed', 'x'], 'seed must be'],
  [['--webhook', 'nowhere'], 'webhook needs'],
  [['--key', 'two words'], 'Every key'],
  [['--colour'], 'colour'],
];

for (const [flags, reason] of MISUSES) {
  it(`says what is wrong with ${flags.join(' ')}, and fails`, async () => {
    const server = run(...flags);
    const [line] = await once(createInterface({ input: server.stderr! }), 'line');
    expect(line).toContain(reason);
    expect(await once(server, 'exit')).toEqual([1, null]);
  });
}

it('prints its options with --help and starts nothing', async () => {
  const server = run('--help');
  expect(await firstLine(server)).toContain('local-pusher');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

it('takes a fixed port again after it was killed', async () => {
  const first = run('--port', '0');
  const port = /:(\d+) /.exec(await firstLine(first))?.[1] ?? '';
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await firstLine(run('--port', port))).toContain(`:${port} `);
});
