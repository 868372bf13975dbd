import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Change } from '../change/change.js';
import { eraseParts } from '../edit/erase.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { reorderElements } from '../edit/reorder.js';
import { styleElements } from '../edit/style.js';
import { vote } from '../edit/vote.js';
import { writeRegisters } from '../edit/write.js';
import { writeText } from '../edit/write-text.js';
import type { ElementId } from '../element/id.js';
import { boardOf, exchange, put, stroke } from '../testing/boards.js';
import type { Board } from './board.js';
import type { Conflict } from './conflict.js';

const STICKY = { kind: 'sticky', position: [0, 0], size: [80, 80], text: 'note' } as const;

/** What somebody may be doing to a sticky or a stroke while another person removes it. */
const EDITS: Readonly<Record<string, (board: Board, sticky: ElementId, stroke: ElementId) => Change>> = {
  moves: (board, sticky) => moveElements(board, [sticky], 5, 0),
  restyles: (board, sticky) => styleElements(board, [sticky], { color: '#ff0000' }),
  writes: (board, sticky) => writeText(board, sticky, [{ insert: 'my ' }]),
  'sets in bold': (board, sticky) => writeText(board, sticky, [{ retain: 4, attributes: { bold: true } }]),
  votes: (board, sticky) => vote(board, sticky, 1),
  reorders: (board, sticky) => reorderElements(board, [sticky], 'back'),
  locks: (board, sticky) => writeRegisters(board, [{ id: sticky, register: 'locked', value: true }]),
  'erases a part': (board, _, id) => eraseParts(board, [{ id, ranges: [[0, 0.5]] }]),
};

/** Ana draws both; Ben and she have them. What is taken from her sight is told to her. */
const meeting = () => {
  const [ana, ben] = [boardOf(1), boardOf(2)];
  const ids = [put(ana, STICKY), put(ana, stroke(0, 0))] as const;
  exchange(ana, ben);
  ana.attribute([[2, 'ben']]);
  const told: Conflict[] = [];
  ana.onConflict((conflict) => told.push(conflict));
  return { ana, ben, ids, told };
};

describe('a removal of what I was changing', () => {
  it('C8: is reported to me, whatever I did, and restored with what I did; that can be undone', () => {
    for (const [name, edit] of Object.entries(EDITS)) {
      const { ana, ben, ids, told } = meeting();
      let toldBen = 0;
      ben.onConflict(() => {
        toldBen += 1;
      });
      ana.commit(edit(ana, ...ids));
      const mine = ids.map(ana.get);
      ben.commit(removeElements(ben, ids));
      exchange(ana, ben);
      const id = name === 'erases a part' ? ids[1] : ids[0];
      expect(told, name).toMatchObject([
        { id, register: 'removed', mine: false, theirs: true, by: 2, user: 'ben' },
      ]);
      for (const board of [ana, ben]) expect(board.size, name).toBe(0);
      told[0]?.restore();
      exchange(ana, ben);
      for (const board of [ana, ben])
        expect([...board.elements()], name).toEqual(mine.filter((one) => one?.id === id));
      ana.undo();
      exchange(ana, ben);
      for (const board of [ana, ben]) expect(board.size, name).toBe(0);
      ana.redo();
      exchange(ana, ben);
      for (const board of [ana, ben]) expect(board.get(id), name).toBeDefined();
      expect([told.length, toldBen], name).toEqual([1, 0]);
    }
  });

  it('C8: is no conflict when they saw what I did, or I did nothing, or only took words away, or removed it too', () => {
    for (const deed of [
      (ana: Board, ben: Board, ids: readonly [ElementId, ElementId]) => {
        for (const edit of Object.values(EDITS)) ana.commit(edit(ana, ...ids));
        exchange(ana, ben);
      },
      () => {},
      (ana: Board, _: Board, ids: readonly ElementId[]) =>
        ana.commit(writeText(ana, ids[0] as ElementId, [{ delete: 2 }])),
      (ana: Board, _: Board, ids: readonly ElementId[]) => {
        ana.commit(moveElements(ana, ids, 1, 1));
        ana.commit(removeElements(ana, ids));
      },
    ]) {
      const { ana, ben, ids, told } = meeting();
      deed(ana, ben, ids);
      ben.commit(removeElements(ben, ids));
      exchange(ana, ben);
      expect([told, ana.size]).toEqual([[], 0]);
    }
  });

  it('C8: is reported once, however many remove it', () => {
    const { ana, ben, ids, told } = meeting();
    const cleo = boardOf(3);
    exchange(ben, cleo);
    ana.commit(moveElements(ana, [ids[0]], 5, 0));
    for (const board of [ben, cleo]) {
      board.commit(removeElements(board, ids));
      exchange(ana, board);
    }
    expect(told).toMatchObject([{ id: ids[0], by: 2 }]);
  });

  it('C8: restoring brings back nothing that is back already', () => {
    const { ana, ben, ids, told } = meeting();
    ana.commit(moveElements(ana, [ids[0]], 5, 0));
    ben.commit(removeElements(ben, [ids[0]]));
    exchange(ana, ben);
    ben.undo();
    exchange(ana, ben);
    const before = Y.encodeStateAsUpdate(ana.doc);
    expect(told[0]?.restore()).toBe(false);
    expect(Y.encodeStateAsUpdate(ana.doc)).toEqual(before);
    expect(ana.get(ids[0])?.position).toEqual([5, 0]);
  });

  it('C8: what is restored together is undone together', () => {
    const { ana, ben, ids, told } = meeting();
    ana.commit(moveElements(ana, ids, 5, 0));
    ben.commit(removeElements(ben, ids));
    exchange(ana, ben);
    expect(told.map((conflict, at) => conflict.restore(at === 0 ? 'step' : 'merge'))).toEqual([true, true]);
    expect(ana.size).toBe(2);
    ana.undo();
    expect(ana.size).toBe(0);
    ana.redo();
    exchange(ana, ben);
    expect(ben.size).toBe(2);
  });

  it('C7, C8: the next keystroke brings it back too, and leaves nothing to restore', () => {
    const { ana, ben, ids, told } = meeting();
    ana.commit(writeText(ana, ids[0], [{ insert: 'my ' }]));
    ben.commit(removeElements(ben, [ids[0]]));
    exchange(ana, ben);
    expect(told).toHaveLength(1);
    ana.commit(writeText(ana, ids[0], [{ retain: 3 }, { insert: 'own ' }]));
    told[0]?.restore();
    exchange(ana, ben);
    expect(ben.get(ids[0])).toMatchObject({ text: [{ insert: 'my own note' }] });
    ana.undo();
    expect(ana.get(ids[0])).toBeUndefined();
  });

  it('D12: a removal by an older program, which did not say what it had seen, counts as one that saw nothing', () => {
    const { ana, ben, ids, told } = meeting();
    ana.commit(moveElements(ana, [ids[0]], 5, 0));
    exchange(ana, ben);
    const stamp = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    ben.doc.getMap('r').set(`${ids[0]}/x/2`, stamp);
    exchange(ana, ben);
    expect([ana.size, told.length, ana.ignored]).toEqual([1, 1, 0]);
  });

  it('D7: a removal that lies about what it has seen, or is cut off, is passed over', () => {
    const { ana, ben, ids, told } = meeting();
    ana.commit(moveElements(ana, ids, 5, 0));
    for (const tail of [
      [0xff, 0xff, 0xff, 0x7f],
      [2, 1, 1],
      [1, 1],
      [0, 0],
    ]) {
      ben.doc.getMap('r').set(`${ids[0]}/x/2`, Uint8Array.of(0xff, 0xff, 0x7f, ...tail));
      exchange(ana, ben);
    }
    expect([ana.size, told.length, ana.ignored]).toEqual([2, 0, 4]);
  });

  // In turn, Ana moves an element, Ben removes it or brings it back, and the network brings to one of them some of what
  // the other sent: one by one, all in one transaction, or the last first.
  const events = fc.array(
    fc.record({
      type: fc.constantFrom('move', 'remove or return', 'to Ben', 'to Ana'),
      which: fc.nat(1),
      count: fc.integer({ min: 1, max: 3 }),
      way: fc.constantFrom('one by one', 'at once', 'the last first'),
    }),
    { maxLength: 24 },
  );

  /** What somebody sent, and how much of it has arrived. */
  const mailOf = (board: Board) => {
    const mail = { updates: [] as Uint8Array[], arrived: 0 };
    board.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') mail.updates.push(update);
    });
    return mail;
  };

  it('C8: is reported exactly when they had not seen my last change of it, however updates come', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { ana, ben, ids, told } = meeting();
        const [fromAna, fromBen] = [mailOf(ana), mailOf(ben)];
        /** For each element, how much Ana had sent with her last move of it. */
        const moved = [0, 0];
        /** For each update of Ben's, which element it is about, and how much he had of what she sent. */
        const turns: { which: number; seen: number }[] = [];
        const expected: ElementId[] = [];

        const deliver = (to: Board, mail: typeof fromAna, count: number, way: string): void => {
          const updates = mail.updates.slice(mail.arrived, mail.arrived + count);
          const apply = (some: readonly Uint8Array[]): void => {
            const before = ids.map((id) => ana.get(id) !== undefined);
            to.doc.transact(() => {
              for (const update of some) Y.applyUpdate(to.doc, update, 'network');
            }, 'network');
            ids.forEach((id, which) => {
              const last = turns.slice(0, mail.arrived).findLast((turn) => turn.which === which);
              const hidden = before[which] && ana.get(id) === undefined;
              if (hidden && last !== undefined && moved[which]! > last.seen) expected.push(id);
            });
          };
          if (way === 'one by one') {
            for (const update of updates) {
              mail.arrived += 1;
              apply([update]);
            }
          } else {
            mail.arrived += updates.length;
            apply(way === 'at once' ? updates : updates.reverse());
          }
        };

        for (const { type, which, count, way } of list) {
          const id = ids[which]!;
          if (type === 'move' && ana.get(id) !== undefined) {
            ana.commit(moveElements(ana, [id], 1, 0));
            moved[which] = fromAna.updates.length;
          } else if (type === 'remove or return') {
            const value = ben.get(id) !== undefined;
            ben.commit(writeRegisters(ben, [{ id, register: 'removed', value }]));
            turns.push({ which, seen: fromAna.arrived });
          } else if (type === 'to Ben') deliver(ben, fromAna, count, way);
          else if (type === 'to Ana') deliver(ana, fromBen, count, way);
        }
        expect(told.map((conflict) => conflict.id).sort()).toEqual(expected.sort());
      }),
      { numRuns: 1_000 },
    );
  });
});
