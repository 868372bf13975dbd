import { type LogPart, SEAL_LENGTH, type Sequence, type SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createYjsReplica } from '../board/yjs-replica.js';
import { createManualClock } from '../testing/manual-clock.js';
import { createKeptEntries } from './kept-entries.js';
import { createLogPosition } from './log-position.js';
import { readLog } from './reader.js';
import type { ServerClient } from './server-client.js';

const A = 'aaaaaaaaaaaa' as SessionId;
const B = 'bbbbbbbbbbbb' as SessionId;

/** A log of single letters, as the server would send it. */
const written = (letters: string, session = A): LogPart[] => {
  const doc = new Y.Doc();
  const parts: LogPart[] = [];
  doc.on('update', (update: Uint8Array) => {
    const n = parts.length + 1;
    const seal = new Uint8Array(SEAL_LENGTH);
    parts.push({ type: 'row', entry: { seq: n as Sequence, session, n, update, seal } });
  });
  for (const letter of letters) doc.getText('text').insert(doc.getText('text').length, letter);
  return parts;
};

const rig = () => {
  const doc = new Y.Doc();
  const position = createLogPosition();
  const kept = createKeptEntries(position, createManualClock());
  const asked: { after: number; epoch: string }[] = [];
  const applied: number[] = [];
  const read = (parts: readonly LogPart[], broken = false): Promise<void> =>
    readLog({
      server: {
        read: async function* (_: string, after: Sequence, epoch: string) {
          asked.push({ after, epoch });
          yield* parts;
          if (broken) throw new Error('the connection broke');
        },
      } as unknown as ServerClient,
      channel: 'presence-board-x',
      position,
      kept,
      replica: createYjsReplica(doc, null),
      onWriters: () => {},
      onApplied: (entries) => applied.push(entries.length),
      onSnapshot: () => {},
    });
  const header = (epoch: string, head: number): LogPart => ({
    type: 'header',
    header: { epoch, head: head as Sequence, writers: [] },
  });
  return { doc, text: doc.getText('text'), position, kept, asked, applied, read, header };
};

describe('reader', () => {
  it('F1: applies the rows in order and goes on where it stopped', async () => {
    const { text, position, asked, read, header } = rig();
    const rows = written('abcde');
    await read([header('e', 3), ...rows.slice(0, 3)]);
    expect([text.toString(), position.synced, position.behind]).toEqual(['abc', 3, false]);
    await read([header('e', 5), ...rows.slice(3)]);
    expect(text.toString()).toBe('abcde');
    expect(asked).toEqual([
      { after: 0, epoch: '' },
      { after: 3, epoch: 'e' },
    ]);
  });

  it('L4: a snapshot counts as all that it holds, but only once it is here', async () => {
    const { text, position, read } = rig();
    const source = new Y.Doc();
    const rows = written('abc', B);
    for (const part of rows) if (part.type === 'row') Y.applyUpdate(source, part.entry.update);
    const sessions = [[B, 3]] as const;
    const header: LogPart = {
      type: 'header',
      header: { epoch: 'e', head: 3 as Sequence, writers: [], sessions },
    };
    await expect(read([header], true)).rejects.toThrow('broke');
    expect(position.present(B)).toBe(0);
    await read([header, { type: 'snapshot', seq: 3 as Sequence, update: Y.encodeStateAsUpdateV2(source) }]);
    expect([text.toString(), position.present(B), position.synced]).toEqual(['abc', 3, 3]);
  });

  it('L7: another history, or one that lost its end, is read from its start', async () => {
    const { position, read, header } = rig();
    const rows = written('abc');
    await read([header('e', 3), ...rows]);
    await read([header('f', 1), ...rows.slice(0, 1)]);
    expect([position.epoch, position.synced, position.logged(A)]).toEqual(['f', 1, 1]);
    await read([header('f', 3), ...rows.slice(1)]);
    await read([header('f', 2), ...rows.slice(0, 2)]);
    expect([position.synced, position.logged(A)]).toEqual([2, 2]);
  });

  it('F6: a document that has to be read anew gets every row again', async () => {
    const { doc, text, position, applied, read, header } = rig();
    const rows = written('abc');
    // What says that it is here, and is not.
    position.restart('e');
    position.notePresent(A, 3);
    await read([header('e', 3), ...rows]);
    expect(text.toString()).toBe('');
    position.reread();
    await read([header('e', 3), ...rows]);
    expect([text.toString(), applied.at(-1)]).toEqual(['abc', 3]);
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
  });

  it('keeps what it got when the connection breaks', async () => {
    const { text, position, read, header } = rig();
    const letters = 'x'.repeat(300);
    await expect(read([header('e', 300), ...written(letters)], true)).rejects.toThrow('broke');
    expect(position.synced).toBe(256);
    expect(text.length).toBe(256);
  });
});
