import { parseArgs } from 'node:util';

interface Soak {
  run(options: { minutes: number; seed: number }): Promise<void> | void;
}

/** What can be soaked, by the name it is asked for. */
const SUITES: Readonly<Record<string, () => Promise<Soak>>> = {
  core: () => import('./core.js'),
  server: () => import('./server.js'),
  transport: () => import('./transport.js'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const [name = ''] = positionals;
const suite = SUITES[name];
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);

if (suite === undefined || !(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error(`Usage: npm run soak -- <${Object.keys(SUITES).join(' | ')}> [--minutes N] [--seed S]`);
  process.exitCode = 2;
} else {
  await (await suite()).run({ minutes, seed });
}
