import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import type { LocalPusher } from './server/local-pusher.js';
import { createBackend } from './testing/clients.js';
import { atEnd, connected, start, wire } from './testing/running.js';

vi.setConfig({ testTimeout: 120_000 });

it('cuts off a client that does not read, instead of keeping everything for it', async () => {
  const pusher = await start({ limits: { bufferedBytes: 1_000_000 } });
  const { wire: slow } = await connected(pusher);
  slow.send({ event: 'pusher:subscribe', data: { channel: 'news' } });
  await slow.next('pusher_internal:subscription_succeeded');
  slow.socket.pause();
  const backend = createBackend(pusher);
  const batch = () =>
    Array.from({ length: 10 }, () => ({ channel: 'news', name: 'n', data: 'x'.repeat(10_000) }));
  for (let sent = 0; sent < 500 && pusher.counters.read().connections.open === 1; sent++) {
    await backend.triggerBatch(batch());
  }
  expect(pusher.counters.read().connections.open).toBe(0);
});

const STATUS = (pid: number | undefined) => `/proc/${pid}/status`;

it.runIf(existsSync(STATUS(process.pid)))('stays within bounded memory under 300 MB of garbage', async () => {
  const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
  const child = spawn(process.execPath, [bin, '--port', '0', '--key', 'k'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const port = Number(/:(\d+) /.exec(String(line))?.[1]);
  const target = { host: '127.0.0.1', port, key: 'k' } as LocalPusher;
  const residentMb = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(STATUS(child.pid), 'utf8'))?.[1]) / 1_024;

  const attacker = wire(target);
  await attacker.next('pusher:connection_established');
  const before = residentMb();
  for (let sent = 0; sent < 300; sent++) {
    const channel = `${sent}-${'x'.repeat(500_000)}`;
    attacker.send({ event: sent % 2 === 0 ? 'client-x' : 'pusher:subscribe', channel, data: { channel } });
    attacker.send({ event: 'pusher:ping' });
    await attacker.next('pusher:pong');
    attacker.waiting.splice(0);
  }
  expect(residentMb() - before).toBeLessThan(150);
});
