import { createHash } from 'node:crypto';
import { realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InkwireConfigError } from '../refusal.js';

/**
 * Keeps a second process out of a database folder, which would ruin it.
 *
 * The lock is a listening local socket named after the folder: the system frees it the moment its process dies, however
 * it dies, so nothing stale can stand in the way of a restart. A file with a process id could.
 */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const name = `inkwire-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`;
  const address = addressOf(name);
  let server = await listen(address);
  if (!server && process.platform === 'darwin' && !(await answers(address))) {
    unlinkSync(address);
    server = await listen(address);
  }
  if (!server)
    throw new InkwireConfigError(
      'database',
      `Another process has the database folder ${folder} open; stop it, or give this one a folder or PostgreSQL of its own.`,
    );
  const held = server;
  held.unref();
  return () => new Promise((done) => held.close(() => done()));
};

const addressOf = (name: string): string => {
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
};

const listen = (address: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address, () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
