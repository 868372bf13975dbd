import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, type ChildOptions, startChild } from './child.js';

export type ProcessName = 'local Pusher' | 'server' | 'pages';

/** Names the app towards Pusher; the secret signs, so it stays with the processes that sign. */
export interface PusherApp {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
}

export interface PlaygroundOptions {
  /** Folder for the database, the server's secret and Vite's cache. */
  readonly data: string;
  /** Ends all three, also while they start. */
  readonly signal?: AbortSignal;
  /** A process ended by itself. `reason` completes "the server ended …". */
  readonly onDeath?: (name: ProcessName, reason: string) => void;
  /** What the processes print besides their addresses, line by line. */
  readonly onLine?: (name: ProcessName, line: string) => void;
}

/** Local Pusher, the Inkwire server and the pages, each a process of its own on a free port of the loopback. */
export interface Playground {
  /** The page with two people on one board. */
  readonly url: string;
  readonly addresses: Readonly<Record<ProcessName, URL>>;
  readonly pusher: PusherApp;
  /** Sends `signal` (default SIGKILL) and waits until the process is gone. */
  kill(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a process that was killed again, on the port it had. */
  restart(name: ProcessName): Promise<void>;
  /** Ends all three and waits for them. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 5_000;

/** Starts the three processes and resolves when the page can be opened. Ends what it started when one of them fails. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const data = resolve(options.data);
  await mkdir(data, { recursive: true });
  const pusher = { appId: 'playground', key: randomKey(), secret: randomKey() };
  const secret = await keptSecret(join(data, 'secret'));
  const childOptions = {
    signal: options.signal,
    onDeath: (name, reason) => options.onDeath?.(name as ProcessName, reason),
    onLine: (name, line) => options.onLine?.(name as ProcessName, line),
  } satisfies ChildOptions;

  const children = new Map<ProcessName, Child>();
  const start = async (
    name: ProcessName,
    script: string,
    env: Record<string, string>,
    argumentsFor: (port: number) => readonly string[] = () => [],
  ) => {
    const child = await startChild(
      {
        name,
        command: (port) => [fromRoot(script), ...argumentsFor(port)],
        env: (port) => ({ ...env, PORT: String(port) }),
      },
      childOptions,
    );
    children.set(name, child);
    return child.address;
  };
  const stop = async () => {
    await Promise.all([...children.values()].map(end));
  };

  try {
    const socket = await start(
      'local Pusher',
      'node_modules/@inkwire/local-pusher/dist/bin.js',
      {},
      (port) => [
        ...['--port', String(port), '--app-id', pusher.appId, '--key', pusher.key, '--secret', pusher.secret],
      ],
    );
    const server = await start('server', 'dist/processes/server.js', {
      DATABASE: join(data, 'database'),
      SECRET: secret,
      PUSHER_APP_ID: pusher.appId,
      PUSHER_KEY: pusher.key,
      PUSHER_SECRET: pusher.secret,
      PUSHER_HOST: socket.hostname,
      PUSHER_PORT: socket.port,
    });
    const pages = await start('pages', 'dist/processes/pages.js', {
      CACHE: join(data, 'vite'),
      SERVER: server.origin,
      PUSHER_KEY: pusher.key,
      PUSHER_PORT: socket.port,
    });
    return {
      url: pages.href,
      addresses: { 'local Pusher': socket, server, pages },
      pusher,
      kill: (name, signal = 'SIGKILL') => children.get(name)!.kill(signal),
      restart: (name) => children.get(name)!.restart(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks, and insists after a while. */
async function end(child: Child): Promise<void> {
  const insist = setTimeout(() => void child.kill('SIGKILL'), stopTimeoutMs);
  await child.kill('SIGTERM');
  clearTimeout(insist);
}

/** The server's secret outlives its process: sessions that are open over a restart keep their seal keys. */
async function keptSecret(file: string): Promise<string> {
  const secret = randomKey();
  try {
    await writeFile(file, secret, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}

function randomKey(): string {
  return randomBytes(24).toString('hex');
}

/** `path` from the playground's root: this file's source and its build both lie two folders below it. */
function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
