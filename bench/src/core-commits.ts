import { type ElementId, moveElements } from '@inkwire/core';
import * as Y from 'yjs';
import { boards, SUITE } from './core-boards.js';
import { median, time } from './measure.js';
import type { Report } from './report.js';

const ELEMENTS = 100;
const BATCHES = 10;
/** Commits to a batch: few enough that the changes waiting to be committed are no burden on the collector. */
const BATCH = 2_000;
const WARM_UP = 4;
const ROUNDS = 11;

interface Times {
  /** Committing moves that were made before. */
  prepared: number;
  /** Making each move and committing it. */
  moves: number;
  /** Setting the same values under the same keys. */
  bare: number;
}

/** All three take turns, batch by batch, so that what the machine does besides falls on all of them. */
const takeTurns = (): Times => {
  const { ours, ids } = boards(ELEMENTS, 10);
  const times = { prepared: 0, moves: 0, bare: 0 };
  const registers = ours.doc.getMap<Uint8Array>('r');
  const bare = new Y.Doc().getMap<Uint8Array>('r');
  const batch = Array.from({ length: BATCH }, (_, at) => ids[at % ELEMENTS] as ElementId);
  for (let turn = 0; turn < BATCHES; turn += 1) {
    const changes = batch.map((id, at) => moveElements(ours, [id], at, turn));
    times.prepared += time(() => {
      for (const change of changes) ours.commit(change);
    });
    times.moves += time(() => {
      for (const id of batch) ours.commit(moveElements(ours, [id], 1, 1));
    });
    const entries = [...registers.entries()];
    if (entries.length !== ELEMENTS) throw new Error('Each element must have one value, its position.');
    const values = batch.map((_, at) => {
      const [key, value] = entries[at % ELEMENTS] as [string, Uint8Array];
      return [key, value.slice()] as const;
    });
    times.bare += time(() => {
      for (const [key, value] of values) bare.set(key, value);
    });
  }
  return times;
};

/** How many moves a board commits, beside what Yjs needs to keep the same values without a board. */
export const run = (report: Report): void => {
  const rounds: Times[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = takeTurns();
    if (round >= 0) rounds.push(times);
  }
  const rate = (name: keyof Times): number => (BATCHES * BATCH) / median(rounds.map((times) => times[name]));
  const theirs = rate('bare');
  for (const [name, ours] of [
    ['commits of moves', rate('prepared')],
    ['moves, each made and committed', rate('moves')],
  ] as const) {
    report({
      suite: SUITE,
      case: name,
      metric: 'rate',
      unit: 'per ms',
      ours,
      peer: 'bare Y.Map.set',
      theirs,
      ratio: ours / theirs,
    });
  }
};
