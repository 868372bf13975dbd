import { parentPort } from 'node:worker_threads';
import type { FoldAnswer, FoldCall } from './fold-thread.js';
import { createFoldedDocument, type FoldedDocument } from './folded-document.js';

/** What runs in the thread that folds logs: it does with its documents what it is told. */
const documents = new Map<number, FoldedDocument>();

const perform = ({ document: id, method, parameters }: FoldCall): unknown => {
  if (method === 'close') return void documents.delete(id);
  const document = documents.get(id) ?? createFoldedDocument();
  documents.set(id, document);
  const work = document[method] as (...parameters: readonly unknown[]) => unknown;
  return work(...parameters);
};

parentPort?.on('message', (message: FoldCall) => {
  let answer: FoldAnswer;
  try {
    answer = { call: message.call, value: perform(message) };
  } catch (error) {
    answer = { call: message.call, failure: (error as Error).message };
  }
  parentPort?.postMessage(answer);
});
