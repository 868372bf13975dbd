import type { BinaryRow } from './binary-row.js';

/** A value in or out of the database: bytea is Uint8Array, bigint is number. */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly string[] | readonly number[];

/** Runs one statement with `$1`, `$2` … and returns its rows. */
export type Query = <Row extends object>(sql: string, values?: readonly SqlValue[]) => Promise<Row[]>;

/** A statement that is run again and again: each connection parses it once, under its name. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
}

/**
 * The one SQL dialect, PostgreSQL's, over an embedded database or a server of its own. A statement that a server does not
 * answer in a given time is given up, unless it may take long.
 */
export interface Database {
  readonly query: Query;
  run<Row extends object>(statement: Statement, values: readonly SqlValue[]): Promise<Row[]>;
  /** Runs a statement that only reads; its rows have every value in the form in which the database has it. */
  readBytes(statement: Statement, values: readonly number[]): Promise<BinaryRow[]>;
  /** How many transactions are worth having under way at once. */
  readonly lanes: number;
  /** Runs several statements without values, which may take long. */
  script(sql: string): Promise<void>;
  /** Runs `work` in one transaction: all of it, or, when it throws, nothing. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** The same for statements that may take long. */
  longTransaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /**
   * Runs `work` while no other process holds the lock of this number; with `wait: false`, returns undefined at once
   * when somebody does.
   */
  withLock<T>(lock: number, wait: boolean, work: () => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

/** The SQLSTATE of an error that the database reported, or undefined for any other error. */
export const sqlState = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};
