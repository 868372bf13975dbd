import { parseArgs } from 'node:util';
import type { Report } from './report.js';

interface Suite {
  run(report: Report, options: Options): Promise<void> | void;
}

/** What a suite may be asked for besides its name; each takes what it knows. */
interface Options {
  readonly sizes?: readonly number[];
  readonly quick: boolean;
}

/** What can be measured, by the name it is asked for. */
const SUITES: Readonly<Record<string, () => Promise<Suite>>> = {
  core: () => import('./core.js'),
  'local-pusher': () => import('./local-pusher.js'),
  render: () => import('./render.js'),
  server: () => import('./server.js'),
  transport: () => import('./transport.js'),
};

const figure = (value: number | undefined): string => {
  if (value === undefined) return '';
  return Math.abs(value) >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : value.toPrecision(3);
};

const need = ({ needed, ratio, ours, unit }: Parameters<Report>[0]): string => {
  if (needed === undefined) return '';
  if ('ratio' in needed && ratio === undefined) return `≥ ${figure(needed.ratio)}× not known`;
  const [wanted, reached] =
    'ratio' in needed
      ? [`≥ ${figure(needed.ratio)}×`, (ratio ?? 0) >= needed.ratio]
      : [`≤ ${figure(needed.ours)} ${unit}`, ours <= needed.ours];
  return `${wanted} ${reached ? 'reached' : 'missed'}`;
};

const COLUMNS = ['case', 'metric', 'ours', 'peer', 'theirs', 'ratio', 'needed'] as const;

const table = (rows: readonly Parameters<Report>[0][]): string => {
  const cells = rows.map((row) => [
    row.case,
    row.metric,
    `${figure(row.ours)} ${row.unit}`,
    row.peer ?? '',
    row.theirs === undefined ? '' : `${figure(row.theirs)} ${row.unit}`,
    row.ratio === undefined ? '' : `${figure(row.ratio)}×`,
    need(row),
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
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    size: { type: 'string', multiple: true },
  },
});
const sizes = values.size?.map(Number);
const [name = ''] = positionals;
const suite = SUITES[name];

if (suite === undefined || sizes?.some((size) => !(size >= 1))) {
  console.error(
    `Usage: npm run bench -- <${Object.keys(SUITES).join(' | ')}> [--json] [--quick] [--size 10000]…`,
  );
  process.exitCode = 2;
} else {
  const rows: Parameters<Report>[0][] = [];
  const report: Report = (row) => {
    rows.push(row);
    if (values.json) console.log(JSON.stringify(row));
  };
  await (await suite()).run(report, { quick: values.quick, ...(sizes && { sizes }) });
  if (!values.json) console.log(table(rows));
}
