import type { DigestAnswer } from '@inkwire/core';
import type { Database } from './database.js';
import type { Fold } from './quarantine.js';

/** Digests of documents, for clients to compare theirs with (F6). */
export interface Digests {
  /** The digest of the log's document at its head. */
  at(channel: number): Promise<DigestAnswer>;
}

const MOST_REMEMBERED = 1_000;

export const createDigests = (database: Database, fold: Fold): Digests => {
  const remembered = new Map<number, DigestAnswer>();
  const working = new Map<number, Promise<DigestAnswer>>();

  const compute = async (channel: number): Promise<DigestAnswer> => {
    const [log] = await database.query<{ epoch: string; head: number }>(
      'select epoch, head from inkwire.channels where id = $1',
      [channel],
    );
    if (!log) throw new Error('The log has gone.');
    const known = remembered.get(channel);
    if (known?.head === log.head && known.epoch === log.epoch) return known;
    const { doc } = await fold(channel, log.head);
    const answer = { ...log, digest: await doc.digest().finally(doc.close) };
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(channel, answer);
    return answer;
  };

  return {
    at(channel) {
      // Whoever asks while the same log is folded shares the answer.
      const running = working.get(channel) ?? compute(channel).finally(() => working.delete(channel));
      working.set(channel, running);
      return running;
    },
  };
};
