import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addElement } from '../edit/add.js';
import { eraseParts } from '../edit/erase.js';
import { groupElements, ungroupElements } from '../edit/group.js';
import { moveElements } from '../edit/move.js';
import { removeElements } from '../edit/remove.js';
import { vote } from '../edit/vote.js';
import { writeText } from '../edit/write-text.js';
import { type ElementId, newElementId } from '../element/id.js';
import type { TextDelta } from '../element/text.js';
import { boardOf, box, exchange, put, stroke } from '../testing/boards.js';
import type { Board, Effect } from './board.js';
import { purgeRemoved } from './purge.js';

const STICKY = { kind: 'sticky', position: [0, 0], size: [80, 80], text: 'a few words' } as const;
const GROUP = newElementId();

const write =
  (delta: TextDelta) =>
  (board: Board, [sticky]: readonly ElementId[]) =>
    writeText(board, sticky as ElementId, delta);

/** What Ben does to a sticky, a stroke and a shape of Ana's, by name. */
const DEEDS: Readonly<
  Record<string, (board: Board, ids: readonly ElementId[]) => ReturnType<typeof addElement>>
> = {
  'adds an element': (board) => addElement(board, box(9, 9)),
  moves: moveBy,
  'writes a word': write([{ insert: 'only ' }]),
  'deletes a word': write([{ retain: 2 }, { delete: 4 }]),
  'makes a word bold': write([{ retain: 1, attributes: { bold: true } }]),
  'erases a part': (board, [, id]) => eraseParts(board, [{ id: id as ElementId, ranges: [[0, 0.5]] }]),
  votes: (board, [id]) => vote(board, id as ElementId, 3),
  groups: (board, ids) => groupElements(board, ids, GROUP),
  ungroups: (board) => ungroupElements(board, [GROUP]),
  removes: removeElements,
};

function moveBy(board: Board, ids: readonly ElementId[]) {
  return moveElements(board, ids, 5, 5);
}

const meeting = () => {
  const [ana, ben] = [boardOf(1, { user: 'ana' }), boardOf(2, { user: 'ben' })];
  const ids = [STICKY, stroke(0, 0), box(50, 50)].map((element) => put(ana, element));
  exchange(ana, ben);
  const effects: Effect[] = [];
  ana.attribute([[2, 'ben']]);
  ana.subscribe((effect) => effects.push(effect));
  const send = (): void =>
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(ben.doc, Y.encodeStateVector(ana.doc)));
  return { ana, ben, ids, effects, send };
};

const THEIRS = { writer: 2, writers: [2], user: 'ben', local: false };

describe('who did it', () => {
  it('C9: is known of everything that can be done, and of taking each back and doing it again', () => {
    const { ana, ben, ids, effects, send } = meeting();
    const told = (what: string): void => {
      send();
      expect(effects.splice(0), what).toMatchObject([THEIRS]);
    };
    for (const [name, deed] of Object.entries(DEEDS)) {
      ben.commit(deed(ben, ids));
      told(name);
      ben.undo();
      told(`undo: ${name}`);
      ben.redo();
      told(`redo: ${name}`);
    }
    put(ana, box(0, 0));
    expect(effects).toMatchObject([{ writer: 1, writers: [1], user: 'ana', local: true }]);
  });

  it('C9: a word may be deleted letter by letter, in updates that come one by one or at once', () => {
    const { ben, ids, effects, send } = meeting();
    for (let letter = 0; letter < 4; letter += 1) {
      ben.commit(write([{ delete: 1 }])(ben, ids));
      if (letter !== 1) send();
    }
    expect(effects).toMatchObject([THEIRS, THEIRS, THEIRS]);
  });

  it('C9: is everyone whose work one transaction brings, and one person where they are one', () => {
    const { ana, ben, ids, effects } = meeting();
    const [cleo, again] = [boardOf(3, { user: 'cleo' }), boardOf(4, { user: 'ben' })];
    exchange(ana, cleo, again);
    ana.attribute([
      [3, 'cleo'],
      [4, 'ben'],
    ]);
    const receive = (...boards: Board[]): void =>
      ana.doc.transact(() => {
        for (const { doc } of boards) Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc));
      });
    cleo.commit(write([{ delete: 2 }])(cleo, ids));
    ben.commit(moveBy(ben, ids));
    receive(cleo, ben);
    again.commit(write([{ delete: 1 }])(again, ids));
    ben.commit(moveBy(ben, ids));
    receive(again, ben);
    expect(effects).toMatchObject([
      { writer: null, writers: [2, 3], user: null },
      { writer: null, writers: [2, 4], user: 'ben' },
    ]);
  });

  it('C9: is nobody who can be named, before the writer is, and nobody at all when the server clears away', () => {
    const { ana, ben, ids, effects, send } = meeting();
    ana.attribute([[2, '']]);
    const stranger = boardOf(5);
    exchange(ben, stranger);
    stranger.commit(write([{ delete: 1 }])(stranger, ids));
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(stranger.doc));
    ana.commit(removeElements(ana, ids));
    exchange(ana, ben);
    purgeRemoved(ben.doc, Number.POSITIVE_INFINITY);
    send();
    expect(effects).toMatchObject([
      { writer: 5, user: null },
      { writer: 1, user: 'ana' },
      { writer: null, writers: [], user: null },
    ]);
  });

  it('a commit that writes something is not signed besides, and an empty one changes nothing', () => {
    const { ana, ids } = meeting();
    const signatures = () => [...ana.doc.getMap('m').keys()].filter((key) => key !== 'schema');
    ana.commit(write([{ retain: 2 }, { insert: 'x' }, { delete: 1 }])(ana, ids));
    ana.commit(moveBy(ana, []));
    expect(signatures()).toEqual([]);
    for (let times = 0; times < 3; times += 1) ana.commit(write([{ delete: 1 }])(ana, ids));
    expect(signatures()).toEqual(['d/1']);
  });
});
