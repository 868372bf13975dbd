import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PlaygroundError } from './playground-error.js';

/** A Node program that prints its address once it listens. */
export interface Program {
  readonly name: string;
  /** The script and its arguments. `port` is 0 the first time, afterwards the port that it got then. */
  readonly command: (port: number) => readonly string[];
  readonly env: (port: number) => Readonly<Record<string, string>>;
}

export interface Child {
  /** Where it listens: the same address after every restart. */
  readonly address: URL;
  /** Sends `signal` and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again, on the port it had. Rejects while it still runs. */
  restart(): Promise<void>;
}

export interface ChildOptions {
  /** Ends the process, also while it starts. */
  readonly signal?: AbortSignal | undefined;
  /** It ended without having been asked to. `reason` completes "the server ended …". */
  readonly onDeath: (name: string, reason: string) => void;
  /** One line of what it prints after its address, or as an error. */
  readonly onLine: (name: string, line: string) => void;
}

const startTimeoutMs = 60_000;

export async function startChild(program: Program, options: ChildOptions): Promise<Child> {
  let running = await run(program, 0, options);
  const { address } = running;
  return {
    address,
    kill: (signal) => running.kill(signal),
    async restart() {
      if (running.alive()) throw new PlaygroundError('running', `The ${program.name} runs already.`);
      running = await run(program, Number(address.port), options);
    },
  };
}

interface Running {
  readonly address: URL;
  alive(): boolean;
  kill(signal: NodeJS.Signals): Promise<void>;
}

async function run(program: Program, port: number, options: ChildOptions): Promise<Running> {
  const child = spawn(process.execPath, [...program.command(port)], {
    env: { ...process.env, ...program.env(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const exited = once(child, 'exit');
  let asked = false;
  const alive = () => child.exitCode === null && child.signalCode === null;
  const kill = async (signal: NodeJS.Signals) => {
    asked = true;
    if (!alive()) return;
    child.kill(signal);
    await exited;
  };

  options.signal?.addEventListener('abort', () => void kill('SIGTERM'));
  if (options.signal?.aborted) void kill('SIGTERM');

  eachLine(child.stderr!, (line) => options.onLine(program.name, line));
  const address = await addressOf(program, child, options).catch(async (error: unknown) => {
    await kill('SIGKILL');
    throw error;
  });
  exited.then(() => {
    if (!asked) options.onDeath(program.name, reasonOf(child));
  });
  return { address, alive, kill };
}

/** The first address that it prints: it listens there from that moment on. */
function addressOf(program: Program, child: ChildProcess, options: ChildOptions): Promise<URL> {
  const { promise, resolve, reject } = deferred<URL>();
  let listening = false;
  eachLine(child.stdout!, (line) => {
    const address = listening ? null : /https?:\/\/[^\s/]+:\d+/.exec(line);
    if (address) {
      listening = true;
      resolve(new URL(address[0]));
    } else options.onLine(program.name, line);
  });
  const refuse = (how: string) => reject(new PlaygroundError('start', `The ${program.name} ${how}.`));
  const timeout = setTimeout(
    () => refuse(`did not listen within ${startTimeoutMs / 1000} s`),
    startTimeoutMs,
  );
  child.once('error', (error) => refuse(`could not be started: ${error.message}`));
  // `close`, unlike `exit`, comes after the last of what it said.
  child.once('close', () => refuse(`ended ${reasonOf(child)} before it listened`));
  return promise.finally(() => clearTimeout(timeout));
}

function reasonOf(child: ChildProcess): string {
  return child.signalCode ? `by ${child.signalCode}` : `with exit code ${child.exitCode}`;
}

function eachLine(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) listener(line);
  });
  stream.on('end', () => {
    if (rest !== '') listener(rest);
  });
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
