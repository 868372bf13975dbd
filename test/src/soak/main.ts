import { parseArgs } from 'node:util';

interface Soak {
  /** How long it takes when nobody says how long it may. Default 10. */
  readonly minutes?: number;
  run(options: { minutes: number; seed: number }): Promise<void> | void;
}

/** What can be soaked, by the name it is asked for. */
const SUITES: Readonly<Record<string, () => Promise<Soak>>> = {
  core: () => import('./core.js'),
  editing: () => import('./editing.js'),
  server: () => import('./server.js'),
  transport: () => import('./transport.js'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' }, seed: { type: 'string' } },
});
const [name = ''] = positionals;
const suite = await SUITES[name]?.();
const minutes = Number(values.minutes ?? suite?.minutes ?? 10);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);

if (suite === undefined || !(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error(`Usage: npm run soak -- <${Object.keys(SUITES).join(' | ')}> [--minutes N] [--seed S]`);
  process.exitCode = 2;
} else {
  await suite.run({ minutes, seed });
}
