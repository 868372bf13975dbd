import { describe, expect, it } from 'vitest';
import { createFoldThread } from './fold-thread.js';
import { inTurns } from './fold-turns.js';
import type { Fold } from './quarantine.js';

describe('folds in turns', () => {
  it('are two at once: the next begins when a document is closed, once, or could not be made', async () => {
    const thread = createFoldThread();
    const begun: number[] = [];
    const fold: Fold = async (channel, seq) => {
      begun.push(channel);
      if (channel === 3) throw new Error('cannot be folded');
      return { doc: thread.open(), seq };
    };
    const turns = inTurns(fold);
    const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((channel) => turns(channel, 7));
    const failed = expect(three).rejects.toThrow('cannot be folded');
    const { doc, seq } = await (one as ReturnType<Fold>);
    expect(seq).toBe(7);
    await two;
    expect(begun).toEqual([1, 2]);

    expect(await doc.digest()).toMatch(/^[0-9a-f]{64}$/);
    doc.close();
    doc.close();
    await failed;
    await four;
    expect(begun).toEqual([1, 2, 3, 4]);

    (await (two as ReturnType<Fold>)).doc.close();
    await five;
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    await thread.close();
  });
});
