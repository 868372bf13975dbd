import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A program that listens on `port`, until it is killed. */
export interface Running {
  readonly port: number;
  kill(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Runs a program of Node that listens on the PORT of its environment, and says something when it does. */
export const run = async (
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<Running> => {
  const port = await freePort();
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...environment, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const spoken = await Promise.race([once(child.stdout, 'data'), exited.then(() => null)]);
  if (spoken === null) throw new Error(`${program} ended before it listened.`);
  // The first words of some come before they listen.
  while (!(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  child.stdout.resume();
  return {
    port,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const listens = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );
