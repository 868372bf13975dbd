import { type PGlite, protocol } from '@electric-sql/pglite';
import type { BinaryRow } from './binary-row.js';
import type { SqlValue, Statement } from './database.js';
import { readBytes } from './pglite-bytes.js';
import { literalOf } from './sql-literal.js';

const { parse, bind, describe, execute, sync } = protocol.serialize;

/** Runs statements on an embedded engine that has parsed them before, each in one call of the engine. */
export interface StatementRunner {
  run<Row extends object>(statement: Statement, values: readonly SqlValue[]): Promise<Row[]>;
  readBytes(statement: Statement, values: readonly number[]): Promise<BinaryRow[]>;
}

export const createStatementRunner = (engine: PGlite): StatementRunner => {
  const parsed = new Set<string>();
  const prepare = async ({ name, sql }: Statement): Promise<void> => {
    if (parsed.has(name)) return;
    await engine.execProtocolStream(Buffer.concat([parse({ name, text: sql }), sync()]));
    parsed.add(name);
  };
  return {
    async run<Row extends object>(statement: Statement, values: readonly SqlValue[]) {
      await prepare(statement);
      const messages = await engine.execProtocolStream(
        Buffer.concat([
          bind({ statement: statement.name, values: values.map(literalOf) }),
          describe({ type: 'P' }),
          execute(),
          sync(),
        ]),
      );
      return rowsIn(engine, messages) as Row[];
    },
    async readBytes(statement, values) {
      await prepare(statement);
      return readBytes(engine, statement.name, values);
    },
  };
};

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
