import { parseArgs } from 'node:util';
import type { Report } from './report.js';

interface Suite {
  run(report: Report): Promise<void> | void;
}

/** What can be measured, by the name it is asked for. */
const SUITES: Readonly<Record<string, () => Promise<Suite>>> = {
  core: () => import('./core.js'),
  'local-pusher': () => import('./local-pusher.js'),
  server: () => import('./server.js'),
  transport: () => import('./transport.js'),
};

const figure = (value: number | undefined): string => {
  if (value === undefined) return '';
  return Math.abs(value) >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : value.toPrecision(3);
};

const COLUMNS = ['case', 'metric', 'ours', 'peer', 'theirs', 'ratio'] as const;

const table = (rows: readonly Parameters<Report>[0][]): string => {
  const cells = rows.map((row) => [
    row.case,
    row.metric,
    `${figure(row.ours)} ${row.unit}`,
    row.peer ?? '',
    row.theirs === undefined ? '' : `${figure(row.theirs)} ${row.unit}`,
    row.ratio === undefined ? '' : `${figure(row.ratio)}×`,
  ]);
  const widths = COLUMNS.map((name, column) =>
    Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(COLUMNS), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const [name = ''] = positionals;
const suite = SUITES[name];

if (suite === undefined) {
  console.error(`Usage: npm run bench -- <${Object.keys(SUITES).join(' | ')}> [--json]`);
  process.exitCode = 2;
} else {
  const rows: Parameters<Report>[0][] = [];
  await (await suite()).run((row) => {
    rows.push(row);
    if (values.json) console.log(JSON.stringify(row));
  });
  if (!values.json) console.log(table(rows));
}
