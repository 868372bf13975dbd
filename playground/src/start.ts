import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPlayground } from './processes/playground.js';
import { PlaygroundError } from './processes/playground-error.js';

/** `npm start`: everything that two people need to draw on one board, until Ctrl-C. */

const help = `npm start -- [options]

  --data <folder>   where boards are kept (default .inkwire at the project's root)
  --no-open         do not open the browser
  --help            this text
`;

const options = readOptions();
if (options.help) process.stdout.write(help);
else await main();

function readOptions() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string', default: fileURLToPath(new URL('../../.inkwire', import.meta.url)) },
        open: { type: 'boolean', default: process.stdout.isTTY === true && !process.env.CI },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    process.exit(1);
  }
}

async function main(): Promise<void> {
  const ending = new AbortController();
  let exitCode = 0;
  // Ctrl-C reaches the three processes too. They end by themselves; this one waits for them.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  if (process.env.npm_lifecycle_event) endWithParent(ending);

  try {
    const playground = await startPlayground({
      data: options.data,
      signal: ending.signal,
      onDeath(name, reason) {
        if (ending.signal.aborted) return;
        console.error(
          `The ${name} ended ${reason}, so this playground ends too. Start it again with npm start.`,
        );
        exitCode = 1;
        ending.abort();
      },
      onLine: (name, line) => console.error(`${name}: ${line}`),
    });
    if (!ending.signal.aborted) {
      console.log(`\n  Inkwire  ${playground.url}\n\n  Two people on one board. Ctrl-C ends it.\n`);
      if (options.open) openBrowser(playground.url);
      await once(ending.signal, 'abort');
    }
    await playground.stop();
  } catch (error) {
    if (!ending.signal.aborted) {
      console.error(error instanceof PlaygroundError ? error.message : error);
      exitCode = 1;
    }
  }
  process.exit(exitCode);
}

/** npm does not pass SIGTERM on through the shell between it and us: that shell is gone then, and we have another parent. */
function endWithParent(ending: AbortController): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || ending.abort(), 500).unref();
}

function openBrowser(url: string): void {
  const [command, ...prefix] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const opener = spawn(command!, [...prefix, url], { stdio: 'ignore', detached: true });
  // Without a desktop there is nothing to open: the printed address is enough.
  opener.on('error', () => {});
  opener.unref();
}
