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

interface ErrorLike {
  readonly name?: string;
  readonly code?: unknown;
  /** Of an answer that was a refusal. */
  readonly status?: unknown;
  /** What failed underneath; the library of Pusher calls it `error`. */
  readonly cause?: unknown;
  readonly error?: unknown;
}

/** What is safe to say of an error: messages of databases and apps may quote what somebody wrote. */
export const describeError = (error: unknown): { error: string; code?: string } => {
  const { name, code, status, cause, error: inner } = (error ?? {}) as ErrorLike;
  const beneath = (inner ?? cause ?? {}) as ErrorLike;
  const known = code ?? status ?? beneath.code ?? beneath.name;
  return { error: name ?? 'Error', ...(known === undefined ? {} : { code: String(known) }) };
};
