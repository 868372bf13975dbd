/** One thing that happened, for the operator's logs: never content, never credentials. */
export interface LogRecord {
  readonly level: 'info' | 'warn' | 'error';
  /** What happened, such as `compacted`. */
  readonly event: string;
  readonly [field: string]: unknown;
}

export type Report = (record: LogRecord) => void;

/** One line of JSON on standard error for each record. */
export const jsonLines: Report = (record) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`);
};

/** What is safe to say of an error: messages of databases and apps may quote what somebody wrote. */
export const describeError = (error: unknown): { error: string; code?: string } => {
  const { name, code, status } = error as { name?: string; code?: unknown; status?: unknown };
  const known = code ?? status;
  return { error: name ?? 'Error', ...(known === undefined ? {} : { code: String(known) }) };
};
