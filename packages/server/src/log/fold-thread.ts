import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createFoldedDocument, type FoldedDocument } from './folded-document.js';
import { othersTurn } from './others-turn.js';

/** A call of a document that lives in another thread. */
export interface FoldCall {
  readonly call: number;
  readonly document: number;
  /** `close` lets go of the document. */
  readonly method: keyof FoldedDocument | 'close';
  readonly parameters: readonly unknown[];
}

export type FoldAnswer = { readonly call: number } & (
  | { readonly value: unknown }
  | { readonly failure: string }
);

/** A document in another thread. */
export type RemoteDocument = {
  readonly [Method in keyof FoldedDocument]: (
    ...parameters: Parameters<FoldedDocument[Method]>
  ) => Promise<ReturnType<FoldedDocument[Method]>>;
} & {
  /** Lets go of it. */
  close(): void;
};

/** Where documents are folded, so that a large one does not keep requests waiting. */
export interface FoldThread {
  open(): RemoteDocument;
  close(): Promise<void>;
}

/** Yjs failed, or the thread ended, perhaps for want of memory. */
export class FoldError extends Error {
  readonly code = 'fold';

  constructor(message: string) {
    super(message);
    this.name = 'FoldError';
  }
}

const PROGRAM = new URL('./fold-program.js', import.meta.url);

/** A thread that starts when it is needed, and again when it died. It does not keep the process alive. */
export const createFoldThread = (): FoldThread => {
  // Run from its sources, as tests do, the program has not been built: then the work is done in this thread.
  if (PROGRAM.protocol !== 'file:' || !existsSync(PROGRAM)) return { open: openHere, async close() {} };
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: FoldError): void }>();
  let worker: Worker | null = null;
  let calls = 0;
  let documents = 0;

  const start = (): Worker => {
    const started = new Worker(PROGRAM);
    started.unref();
    started.on('message', (answer: FoldAnswer) => {
      const { resolve, reject } = waiting.get(answer.call) ?? {};
      waiting.delete(answer.call);
      if ('value' in answer) resolve?.(answer.value);
      else reject?.(new FoldError(answer.failure));
    });
    // An exit follows.
    started.on('error', () => {});
    started.on('exit', () => {
      worker = null;
      for (const { reject } of waiting.values()) reject(new FoldError('The thread that folds logs ended.'));
      waiting.clear();
    });
    return started;
  };

  const send = (
    document: number,
    method: FoldCall['method'],
    parameters: readonly unknown[],
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      worker ??= start();
      worker.postMessage({ call: calls, document, method, parameters } satisfies FoldCall);
    });

  return {
    open() {
      documents += 1;
      const document = documents;
      const call =
        (method: FoldCall['method']) =>
        (...parameters: unknown[]): Promise<unknown> =>
          send(document, method, parameters);
      return {
        applySnapshot: call('applySnapshot'),
        applyRows: call('applyRows'),
        purge: call('purge'),
        snapshot: call('snapshot'),
        difference: call('difference'),
        digest: call('digest'),
        close() {
          worker?.postMessage({ call: 0, document, method: 'close', parameters: [] } satisfies FoldCall);
        },
      } as RemoteDocument;
    },
    async close() {
      await worker?.terminate();
    },
  };
};

/** A document in this thread, in the form of one in another. Between its calls, requests have their turn. */
const openHere = (): RemoteDocument => {
  const document = createFoldedDocument();
  const call =
    <Parameters extends unknown[], Value>(method: (...parameters: Parameters) => Value) =>
    async (...parameters: Parameters): Promise<Value> => {
      await othersTurn();
      try {
        return method(...parameters);
      } catch (error) {
        throw new FoldError((error as Error).message);
      }
    };
  return {
    applySnapshot: call(document.applySnapshot),
    applyRows: call(document.applyRows),
    purge: call(document.purge),
    snapshot: call(document.snapshot),
    difference: call(document.difference),
    digest: call(document.digest),
    close() {},
  };
};
