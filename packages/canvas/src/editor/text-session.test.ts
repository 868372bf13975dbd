import {
  addElement,
  applyUpdate,
  type Board,
  createBoard,
  type ElementId,
  encodeUpdate,
  type NewElement,
  newElementId,
  plainText,
  removeElements,
  writeText,
} from '@inkwire/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextSession, type TextSession } from './text-session.js';

const exchange = (...boards: Board[]): void => {
  const updates = boards.map((board) => encodeUpdate(board));
  for (const board of boards) for (const update of updates) applyUpdate(board, update);
};

const textOf = (board: Board, id: ElementId): string => {
  const element = board.recall(id);
  return element !== undefined && 'text' in element ? plainText(element.text) : '';
};

/** Two boards with one element, which Ana writes in. */
function writeIn(text = '', kind: 'sticky' | 'text' = 'sticky', more: Partial<NewElement> = {}) {
  const [ana, ben] = [createBoard({ user: 'ana' }), createBoard({ user: 'ben' })] as const;
  const id = newElementId();
  ana.commit(addElement(ana, { kind, id, position: [0, 0], size: [200, 200], text, ...more } as NewElement));
  exchange(ana, ben);
  let clock = 0;
  let gone = false;
  const session = createTextSession({
    board: ana,
    id,
    now: () => clock,
    commit: (change, options) => ana.commit(change, options),
    onText() {},
    onChange() {},
    onGone() {
      gone = true;
    },
  });
  return { ana, ben, id, session, wait: (ms: number) => (clock += ms), isGone: () => gone };
}

/** Presses keys as a field does: each letter goes in at the caret. */
function press(session: TextSession, letters: string): void {
  for (const letter of letters) {
    const { anchor, caret } = session.selection;
    const [start, end] = [Math.min(anchor, caret), Math.max(anchor, caret)];
    const text = session.text.slice(0, start) + letter + session.text.slice(end);
    session.type(text, start + letter.length);
  }
}

const backspace = (session: TextSession): void => {
  const { caret } = session.selection;
  session.type(session.text.slice(0, caret - 1) + session.text.slice(caret), caret - 1);
};

describe('writing', () => {
  it('goes to the board letter by letter, with the caret behind it', () => {
    const { ana, id, session } = writeIn('ab');
    session.select(1, 1);
    press(session, '-x-');
    expect(textOf(ana, id)).toBe('a-x-b');
    expect(session.selection).toEqual({ anchor: 4, caret: 4 });
    backspace(session);
    expect(textOf(ana, id)).toBe('a-xb');
  });

  it('what others write appears around the caret, which stays between its letters', () => {
    const { ana, ben, id, session } = writeIn('one two');
    session.select(4, 7);
    ben.commit(writeText(ben, id, [{ insert: 'zero ' }]));
    ben.commit(writeText(ben, id, [{ retain: 12 }, { insert: ' three' }]));
    exchange(ana, ben);
    expect(session.text).toBe('zero one two three');
    expect(session.text.slice(session.selection.anchor, session.selection.caret)).toBe('two');
    press(session, '2');
    exchange(ana, ben);
    expect(textOf(ben, id)).toBe('zero one 2 three');
  });

  it('the box is made for both words in the end', () => {
    const { ana, ben, id, session } = writeIn('', 'text', { size: [1, 26] });
    press(session, 'Ana');
    ben.commit(writeText(ben, id, [{ insert: 'Benjamin ' }]));
    exchange(ana, ben);
    const before = ana.get(id)?.size[0] ?? 0;
    session.end();
    expect(ana.get(id)?.size[0]).toBeGreaterThan(before + 50);
    // Nobody wrote since: it is as it was left.
    ana.undo();
    expect(textOf(ana, id)).toBe('Benjamin ');
  });

  it('a word that is being composed is not interrupted, and both end up with both', () => {
    const { ana, ben, id, session } = writeIn('()');
    session.select(1, 1);
    session.setComposing(true);
    session.type('(n)', 2);
    ben.commit(writeText(ben, id, [{ insert: '>> ' }]));
    exchange(ana, ben);
    expect(session.text).toBe('(n)');
    expect(textOf(ana, id)).toBe('>> (n)');
    expect(session.shown).toEqual({ anchor: 5, caret: 5 });
    session.type('(ni)', 3);
    session.type('(你)', 2);
    expect(textOf(ana, id)).toBe('>> (你)');
    session.setComposing(false);
    expect(session.text).toBe('>> (你)');
    expect(session.selection).toEqual({ anchor: 5, caret: 5 });
    press(session, '好');
    exchange(ana, ben);
    expect(textOf(ben, id)).toBe('>> (你好)');
  });

  it('C7: what somebody removes under it comes back with the next letter', () => {
    const { ana, ben, id, session } = writeIn('half a ');
    ben.commit(removeElements(ben, [id]));
    exchange(ana, ben);
    expect(ana.get(id)).toBeUndefined();
    press(session, 'word');
    exchange(ana, ben);
    for (const board of [ana, ben]) {
      expect(board.get(id)).toBeDefined();
      expect(textOf(board, id)).toBe('half a word');
    }
  });

  it('C6: is undone in bursts of typing, and not what others wrote meanwhile', () => {
    const { ana, ben, id, session, wait } = writeIn('');
    press(session, 'one');
    wait(5000);
    press(session, ' two');
    exchange(ana, ben);
    ben.commit(writeText(ben, id, [{ insert: '> ' }]));
    exchange(ana, ben);
    backspace(session);
    ana.undo();
    expect(session.text).toBe('> one two');
    ana.undo();
    expect(session.text).toBe('> one');
    ana.undo();
    expect(session.text).toBe('> ');
    ana.redo();
    expect(session.text).toBe('> one');
    press(session, '!');
    ana.undo();
    expect(textOf(ana, id)).toBe('> one');
  });

  it('goes on behind what was undone or redone, and keeps what is selected when only its looks were', () => {
    const { ana, ben, id, session } = writeIn('one ', 'text');
    press(session, 'two');
    session.select(1, 1);
    ana.undo();
    expect([session.text, session.selection]).toEqual(['one ', { anchor: 4, caret: 4 }]);
    ana.redo();
    expect([session.text, session.selection]).toEqual(['one two', { anchor: 7, caret: 7 }]);
    session.select(0, 3);
    backspace(session);
    ana.undo();
    expect([session.text, session.selection]).toEqual(['one two', { anchor: 3, caret: 3 }]);
    session.select(0, 3);
    session.toggle('bold');
    ana.undo();
    expect(session.selection).toEqual({ anchor: 0, caret: 3 });
    exchange(ana, ben);
    ben.commit(writeText(ben, id, [{ retain: 3 }, { insert: '!' }]));
    exchange(ana, ben);
    expect(session.selection).toEqual({ anchor: 0, caret: 3 });
  });

  it('whatever is typed, composed, selected, undone and written by another: field and boards agree', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', 'ב'), maxLength: 6 });
    const deed = fc.oneof(
      fc.record({ do: fc.constant('type' as const), text: letters, at: fc.nat(20), removed: fc.nat(3) }),
      fc.record({ do: fc.constant('other' as const), text: letters, at: fc.nat(20), removed: fc.nat(3) }),
      fc.record({
        do: fc.constantFrom('compose' as const, 'undo' as const, 'redo' as const, 'bold' as const),
      }),
    );
    // Characters are never parted: indices are counted in whole ones.
    const cut = (text: string, at: number, removed: number) => {
      const characters = [...text];
      const from = Math.min(at, characters.length);
      return {
        before: characters.slice(0, from).join(''),
        gone: characters.slice(from, from + removed).join(''),
        after: characters.slice(from + removed).join(''),
      };
    };
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const { ana, ben, id, session } = writeIn('start');
        let composing = false;
        for (const each of deeds) {
          if (each.do === 'type') {
            const { before, after } = cut(session.text, each.at, each.removed);
            session.type(before + each.text + after, before.length + each.text.length);
          } else if (each.do === 'other') {
            const { before, gone } = cut(textOf(ben, id), each.at, each.removed);
            ben.commit(
              writeText(ben, id, [
                ...(before === '' ? [] : [{ retain: before.length }]),
                ...(each.text === '' ? [] : [{ insert: each.text }]),
                ...(gone === '' ? [] : [{ delete: gone.length }]),
              ]),
            );
          } else if (each.do === 'compose') {
            composing = !composing;
            session.setComposing(composing);
          } else if (each.do === 'bold') {
            session.select(0, session.text.length);
            session.toggle('bold');
          } else ana[each.do]();
          exchange(ana, ben);
          if (!composing) expect(session.text).toBe(textOf(ana, id));
          const { caret } = session.shown;
          expect(caret).toBeGreaterThanOrEqual(0);
          expect(caret).toBeLessThanOrEqual(textOf(ana, id).length);
        }
        session.setComposing(false);
        exchange(ana, ben);
        expect(session.text).toBe(textOf(ana, id));
        expect(ben.recall(id)).toEqual(ana.recall(id));
        session.end();
      }),
      { numRuns: 300 },
    );
  });
});

describe('formats', () => {
  const runs = (board: Board, id: ElementId) => {
    const element = board.get(id);
    return element !== undefined && 'text' in element ? element.text : [];
  };

  it('go on where they are typed on, are switched for what is selected and for what comes next', () => {
    const { ana, id, session } = writeIn('plain');
    session.select(0, 5);
    session.toggle('bold');
    session.select(5, 5);
    press(session, '!');
    expect(runs(ana, id)).toEqual([{ insert: 'plain!', attributes: { bold: true } }]);
    session.toggle('bold');
    session.toggle('italic');
    press(session, ' x');
    expect(runs(ana, id)[1]).toEqual({ insert: ' x', attributes: { italic: true } });
    session.select(0, 8);
    session.toggle('bold');
    session.toggle('bold');
    expect(runs(ana, id)).toEqual([{ insert: 'plain!' }, { insert: ' x', attributes: { italic: true } }]);
  });

  it('a link takes in what is typed in it, and nothing behind its end', () => {
    const { ana, id, session } = writeIn('see here');
    session.select(4, 8);
    session.link('https://example.com/');
    expect(session.linkAddress).toBe('https://example.com/');
    session.select(6, 6);
    press(session, '-');
    session.select(9, 9);
    press(session, '.');
    expect(runs(ana, id)).toEqual([
      { insert: 'see ' },
      { insert: 'he-re', attributes: { link: 'https://example.com/' } },
      { insert: '.' },
    ]);
    session.select(4, 9);
    session.link(null);
    expect(runs(ana, id)).toEqual([{ insert: 'see he-re.' }]);
  });
});

describe('a text element', () => {
  it('has a box that fits it, whose side stays that the text is set against, turned or not', () => {
    for (const [align, rotation, stays] of [
      ['start', 0, 0],
      ['end', 0, 1],
      ['center', 0, 0.5],
    ] as const) {
      const { ana, id, session } = writeIn('wide', 'text', {
        align,
        rotation,
        size: [80, 26],
      } as Partial<NewElement>);
      press(session, ' and wider');
      const element = ana.get(id);
      if (element === undefined) throw new Error('It is gone.');
      expect(element.size[0]).toBeGreaterThan(100);
      expect(element.position[0] + stays * element.size[0]).toBeCloseTo(stays * 80, 0);
    }
  });

  it('that says nothing in the end is removed; one that says something stays', () => {
    for (const [typed, stays] of [
      ['  ', false],
      ['x', true],
    ] as const) {
      const { ana, id, session } = writeIn('', 'text');
      press(session, typed);
      session.end();
      expect(ana.get(id) !== undefined).toBe(stays);
    }
  });
});
