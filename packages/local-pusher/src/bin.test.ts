import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

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
