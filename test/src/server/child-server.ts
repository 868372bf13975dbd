import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Limits, PusherOptions } from '@inkwire/server';
import type { Send } from './page.js';

/** A server in a process of its own, which a test can kill. */
export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  send: Send;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Asks it to finish and stop; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** The built program: what an operator runs. */
const BIN = fileURLToPath(new URL('../../../packages/server/dist/bin.js', import.meta.url));

/** Load that no person makes, so that tests and measurements meet the server and not its limits. */
const NO_LIMITS: Partial<Limits> = { entriesPerSecond: 1e6, bytesPerSecond: 1e12, boardBytes: 1e12 };

const config = (database: string, pusher: PusherOptions): string => `
export default {
  database: ${JSON.stringify(database)},
  pusher: ${JSON.stringify(pusher)},
  secret: 'a secret of the tests',
  limits: ${JSON.stringify(NO_LIMITS)},
  authenticate(request) {
    const id = (request.headers.get('authorization') ?? '').slice('Bearer '.length);
    return id ? { id } : null;
  },
  access: (user) => (user.id.startsWith('reader') ? 'read' : 'write'),
};
`;

export const startChildServer = async (database: string, pusher: PusherOptions): Promise<ChildServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwire-child-'));
  const file = join(folder, 'inkwire.config.mjs');
  writeFileSync(file, config(database, pusher));
  const child: ChildProcess = spawn(process.execPath, [BIN, '--config', file, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-4_000);
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([once(lines, 'line').then(([line]) => line as string), exited]);
  if (typeof first !== 'string') throw new Error(`The server ended with ${first}: ${complaints}`);
  const { listening: url } = JSON.parse(first) as { listening: string };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const code = await exited;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return {
    url,
    pid: child.pid ?? 0,
    send: (path, init) => fetch(`${url}${path}`, init),
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
};
