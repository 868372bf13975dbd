import type { DigestAnswer } from '@inkwire/core';
import type { Database } from './database.js';
import type { Fold } from './quarantine.js';
import { stateOf } from './read-plan.js';

/** Digests of documents, for clients to compare theirs with (F6). */
export interface Digests {
  /** The digest of the log's document at its head; `pay` is called before it is folded, and may throw. */
  at(channel: number, pay: () => void): Promise<DigestAnswer>;
}

const MOST_REMEMBERED = 1_000;

export const createDigests = (database: Database, fold: Fold): Digests => {
  const remembered = new Map<number, DigestAnswer>();
  const working = new Map<number, Promise<DigestAnswer>>();

  const compute = async (
    channel: number,
    log: Pick<DigestAnswer, 'epoch' | 'head'>,
  ): Promise<DigestAnswer> => {
    const { doc } = await fold(channel, log.head);
    const answer = { ...log, digest: await doc.digest().finally(doc.close) };
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(channel, answer);
    return answer;
  };

  return {
    async at(channel, pay) {
      const { epoch, head } = await stateOf(database, channel);
      const known = remembered.get(channel);
      if (known?.head === head && known.epoch === epoch) return known;
      // Whoever asks while the log is folded shares the answer, for which another has paid.
      const running = working.get(channel);
      if (running) return running;
      pay();
      const computed = compute(channel, { epoch, head }).finally(() => working.delete(channel));
      working.set(channel, computed);
      return computed;
    },
  };
};
