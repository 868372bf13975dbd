import { type PGlite, protocol } from '@electric-sql/pglite';
import type { SqlValue, Statement } from './database.js';

const { parse, bind, describe, execute, sync } = protocol.serialize;

/** Runs statements on an embedded engine that has parsed them before, each in one call of the engine. */
export interface StatementRunner {
  run<Row extends object>(statement: Statement, values: readonly SqlValue[]): Promise<Row[]>;
}

export const createStatementRunner = (engine: PGlite): StatementRunner => {
  const parsed = new Set<string>();
  return {
    async run<Row extends object>({ name, sql }: Statement, values: readonly SqlValue[]) {
      if (!parsed.has(name)) {
        await engine.execProtocolStream(Buffer.concat([parse({ name, text: sql }), sync()]));
        parsed.add(name);
      }
      const messages = await engine.execProtocolStream(
        Buffer.concat([
          bind({ statement: name, values: values.map(literalOf) }),
          describe({ type: 'P' }),
          execute(),
          sync(),
        ]),
      );
      return rowsIn(engine, messages) as Row[];
    },
  };
};

/** A parameter as PostgreSQL reads it: bytes as they are, everything else as text. */
const literalOf = (value: SqlValue): string | Uint8Array | null => {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'object') return `{${value.map(elementOf).join(',')}}`;
  return String(value);
};

const elementOf = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`;

type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

interface DataRow {
  readonly fields: readonly (string | null)[];
}

const rowsIn = (engine: PGlite, messages: Messages): object[] => {
  let columns: RowDescription['fields'] = [];
  const rows: object[] = [];
  for (const message of messages) {
    if (message.name === 'rowDescription') columns = (message as unknown as RowDescription).fields;
    if (message.name !== 'dataRow') continue;
    const { fields } = message as unknown as DataRow;
    rows.push(
      Object.fromEntries(
        columns.map(({ name, dataTypeID }, index) => {
          const text = fields[index] ?? null;
          return [name, text === null ? null : (engine.parsers[dataTypeID]?.(text, dataTypeID) ?? text)];
        }),
      ),
    );
  }
  return rows;
};
